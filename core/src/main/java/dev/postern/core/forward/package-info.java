/**
 * Forwards: listeners, connections from this machine, and what carries bytes between the two sides.
 * One thread serves all sockets.
 */
@NullMarked
package dev.postern.core.forward;

import org.jspecify.annotations.NullMarked;
