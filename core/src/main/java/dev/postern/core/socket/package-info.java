/** Java sockets over streams of a circuit. */
@NullMarked
package dev.postern.core.socket;

import org.jspecify.annotations.NullMarked;
