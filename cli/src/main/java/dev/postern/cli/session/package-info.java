/** A remote process joined with this terminal. */
@NullMarked
package dev.postern.cli.session;

import org.jspecify.annotations.NullMarked;
