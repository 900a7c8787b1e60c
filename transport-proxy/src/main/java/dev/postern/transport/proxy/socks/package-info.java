/** Through a SOCKS 5 proxy. */
@NullMarked
package dev.postern.transport.proxy.socks;

import org.jspecify.annotations.NullMarked;
