/**
 * The world around the command: streams, terminal, signals, environment, the library as commands
 * use it.
 */
@NullMarked
package dev.postern.cli.surroundings;

import org.jspecify.annotations.NullMarked;
