/** What a {@code postern forward} that runs says of itself to {@code postern status}. */
@NullMarked
package dev.postern.cli.status;

import org.jspecify.annotations.NullMarked;
