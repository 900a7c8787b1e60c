/** The one place that speaks MINA SSHD. */
@NullMarked
package dev.postern.core.sshd;

import org.jspecify.annotations.NullMarked;
