/** Stanzas of OpenSSH's ssh_config that have its programs go through a route. */
@NullMarked
package dev.postern.cli.sshconfig;

import org.jspecify.annotations.NullMarked;
