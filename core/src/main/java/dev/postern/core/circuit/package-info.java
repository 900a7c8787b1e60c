/** Opening, sharing and closing hops and circuits. */
@NullMarked
package dev.postern.core.circuit;

import org.jspecify.annotations.NullMarked;
