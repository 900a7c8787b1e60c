/** Figures, and the forms in which they are told. */
@NullMarked
package dev.postern.benchmarks.report;

import org.jspecify.annotations.NullMarked;
