/** Sockets of a route, for whoever takes the name of a socket factory's class. */
@NullMarked
package dev.postern.socket;

import org.jspecify.annotations.NullMarked;
