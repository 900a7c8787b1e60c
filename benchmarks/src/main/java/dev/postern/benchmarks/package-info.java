/** Measures Postern beside its peers, on servers of its own. */
@NullMarked
package dev.postern.benchmarks;

import org.jspecify.annotations.NullMarked;
