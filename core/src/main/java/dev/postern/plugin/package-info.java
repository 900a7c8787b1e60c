/** What is installed. */
@NullMarked
package dev.postern.plugin;

import org.jspecify.annotations.NullMarked;
