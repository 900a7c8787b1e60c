/** Tells listeners, the log and recordings what happens. */
@NullMarked
package dev.postern.core.event;

import org.jspecify.annotations.NullMarked;
