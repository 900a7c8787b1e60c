/** The next hop through the previous one. */
@NullMarked
package dev.postern.transport.jump;

import org.jspecify.annotations.NullMarked;
