/** Meters of circuits. */
@NullMarked
package dev.postern.micrometer;

import org.jspecify.annotations.NullMarked;
