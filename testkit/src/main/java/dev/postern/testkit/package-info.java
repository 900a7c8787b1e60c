/** Fakes of what core lends to a plugin. */
@NullMarked
package dev.postern.testkit;

import org.jspecify.annotations.NullMarked;
