/** What is measured, and how. */
@NullMarked
package dev.postern.benchmarks.measure;

import org.jspecify.annotations.NullMarked;
