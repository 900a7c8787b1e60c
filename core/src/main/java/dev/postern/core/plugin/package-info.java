/** Finding plugins and naming what is wrong with them. */
@NullMarked
package dev.postern.core.plugin;

import org.jspecify.annotations.NullMarked;
