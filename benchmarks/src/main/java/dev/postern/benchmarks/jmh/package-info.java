/** Single methods, timed by JMH. */
@NullMarked
package dev.postern.benchmarks.jmh;

import org.jspecify.annotations.NullMarked;
