/** Asks the person. */
@NullMarked
package dev.postern.auth.interactive;

import org.jspecify.annotations.NullMarked;
