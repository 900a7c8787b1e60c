/** One command on many targets. */
@NullMarked
package dev.postern.fleet;

import org.jspecify.annotations.NullMarked;
