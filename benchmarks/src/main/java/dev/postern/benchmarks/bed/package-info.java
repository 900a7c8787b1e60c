/** What clients are measured on: servers, links and services on loopback. */
@NullMarked
package dev.postern.benchmarks.bed;

import org.jspecify.annotations.NullMarked;
