/** An SSH server in the process, on loopback, scripted in a few lines. */
@NullMarked
package dev.postern.testkit.server;

import org.jspecify.annotations.NullMarked;
