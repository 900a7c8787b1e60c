/** Puts core's rooms together. */
@NullMarked
package dev.postern.core.wire;

import org.jspecify.annotations.NullMarked;
