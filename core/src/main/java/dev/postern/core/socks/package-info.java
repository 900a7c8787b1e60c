/** The server's side of SOCKS 4, 4a and 5, as a conversation of bytes without any socket. */
@NullMarked
package dev.postern.core.socks;

import org.jspecify.annotations.NullMarked;
