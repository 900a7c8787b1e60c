/** Asking the person: the terminal, or SSH_ASKPASS. */
@NullMarked
package dev.postern.core.person;

import org.jspecify.annotations.NullMarked;
