/** The clients, each a process that obeys one contract. */
@NullMarked
package dev.postern.benchmarks.peer;

import org.jspecify.annotations.NullMarked;
