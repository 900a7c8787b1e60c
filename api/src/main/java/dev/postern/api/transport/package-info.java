/** How the byte stream to a hop's endpoint is made. */
@NullMarked
package dev.postern.api.transport;

import org.jspecify.annotations.NullMarked;
