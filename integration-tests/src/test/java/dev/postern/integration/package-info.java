/** Postern against real OpenSSH servers on loopback. */
@NullMarked
package dev.postern.integration;

import org.jspecify.annotations.NullMarked;
