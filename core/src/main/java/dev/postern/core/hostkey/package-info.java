/** known_hosts and the policy for host keys. */
@NullMarked
package dev.postern.core.hostkey;

import org.jspecify.annotations.NullMarked;
