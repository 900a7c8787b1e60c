/** What can go wrong, by code. */
@NullMarked
package dev.postern.problem;

import org.jspecify.annotations.NullMarked;
