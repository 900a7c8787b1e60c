/** What the rooms of core tell each other about one hop. */
@NullMarked
package dev.postern.core.hop;

import org.jspecify.annotations.NullMarked;
