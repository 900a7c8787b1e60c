/** The demonstration, with servers of its own. */
@NullMarked
package dev.postern.cli.demo;

import org.jspecify.annotations.NullMarked;
