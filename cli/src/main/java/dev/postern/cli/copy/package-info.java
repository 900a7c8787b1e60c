/**
 * What {@code copy} adds to the library's copying: places as typed, and what is shown meanwhile.
 */
@NullMarked
package dev.postern.cli.copy;

import org.jspecify.annotations.NullMarked;
