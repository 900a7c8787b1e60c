/**
 * Live routes, as a library user holds them: circuits, remote commands, shells, forwards, the
 * trail.
 */
@NullMarked
package dev.postern.circuit;

import org.jspecify.annotations.NullMarked;
