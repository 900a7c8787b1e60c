/** The facts and services of the hop that a plugin works for. */
@NullMarked
package dev.postern.api.hop;

import org.jspecify.annotations.NullMarked;
