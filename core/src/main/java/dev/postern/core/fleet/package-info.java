/** Runs one command on many targets, within limits. */
@NullMarked
package dev.postern.core.fleet;

import org.jspecify.annotations.NullMarked;
