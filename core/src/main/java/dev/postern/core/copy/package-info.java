/**
 * Copies trees of files, from one to another: what is asked for, nothing else, and never a half of
 * a file under its name.
 */
@NullMarked
package dev.postern.core.copy;

import org.jspecify.annotations.NullMarked;
