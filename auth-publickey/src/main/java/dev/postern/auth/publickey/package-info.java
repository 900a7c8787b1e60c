/**
 * The strategy {@code publickey}: signs in with key files, certificates and ssh-agent (RFC 4252
 * section 7).
 */
@NullMarked
package dev.postern.auth.publickey;

import org.jspecify.annotations.NullMarked;
