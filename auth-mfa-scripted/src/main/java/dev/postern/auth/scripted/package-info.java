/** Answers prompts by declared rules. */
@NullMarked
package dev.postern.auth.scripted;

import org.jspecify.annotations.NullMarked;
