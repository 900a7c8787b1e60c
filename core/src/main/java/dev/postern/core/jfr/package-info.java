/** The events of Java Flight Recorder. */
@NullMarked
package dev.postern.core.jfr;

import org.jspecify.annotations.NullMarked;
