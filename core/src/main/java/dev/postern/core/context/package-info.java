/** What core lends to plugins: the clock, the environment, the used codes. */
@NullMarked
package dev.postern.core.context;

import org.jspecify.annotations.NullMarked;
