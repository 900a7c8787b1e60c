/** The way to a proxy, and talking to it before SSH does. */
@NullMarked
package dev.postern.transport.proxy.wire;

import org.jspecify.annotations.NullMarked;
