/** A command of this machine that runs beside open forwards, and knows where they listen. */
@NullMarked
package dev.postern.cli.local;

import org.jspecify.annotations.NullMarked;
