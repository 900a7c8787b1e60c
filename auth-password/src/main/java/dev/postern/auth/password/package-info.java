/** Signs in with a password. */
@NullMarked
package dev.postern.auth.password;

import org.jspecify.annotations.NullMarked;
