/** What servers chose and took the last time, so that more can be said before they answer. */
@NullMarked
package dev.postern.core.memory;

import org.jspecify.annotations.NullMarked;
