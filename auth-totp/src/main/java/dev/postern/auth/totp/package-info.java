/** Codes of RFC 6238. */
@NullMarked
package dev.postern.auth.totp;

import org.jspecify.annotations.NullMarked;
