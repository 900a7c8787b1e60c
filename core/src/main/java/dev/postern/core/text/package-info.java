/** What a server says, made fit for a terminal and a log. */
@NullMarked
package dev.postern.core.text;

import org.jspecify.annotations.NullMarked;
