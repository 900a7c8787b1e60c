/** The commands about plugins. */
@NullMarked
package dev.postern.cli.plugins;

import org.jspecify.annotations.NullMarked;
