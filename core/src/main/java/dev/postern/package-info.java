/** The entrance for library users: {@link dev.postern.Postern}. */
@NullMarked
package dev.postern;

import org.jspecify.annotations.NullMarked;
