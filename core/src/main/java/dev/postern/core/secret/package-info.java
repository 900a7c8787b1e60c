/** The secret sources that core brings. */
@NullMarked
package dev.postern.core.secret;

import org.jspecify.annotations.NullMarked;
