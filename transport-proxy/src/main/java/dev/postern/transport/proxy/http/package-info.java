/** Through an HTTP proxy. */
@NullMarked
package dev.postern.transport.proxy.http;

import org.jspecify.annotations.NullMarked;
