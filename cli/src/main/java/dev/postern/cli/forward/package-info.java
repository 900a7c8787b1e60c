/** Forwards as OpenSSH spells them, what is told of them, and standard input and output as one. */
@NullMarked
package dev.postern.cli.forward;

import org.jspecify.annotations.NullMarked;
