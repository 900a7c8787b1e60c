/** Over a program's standard input and output. */
@NullMarked
package dev.postern.transport.proxy.command;

import org.jspecify.annotations.NullMarked;
