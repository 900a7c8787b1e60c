/** For applications that use Guice themselves. */
@NullMarked
package dev.postern.guice;

import org.jspecify.annotations.NullMarked;
