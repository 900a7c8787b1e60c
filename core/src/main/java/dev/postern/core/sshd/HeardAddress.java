package dev.postern.core.sshd;

import dev.postern.route.ForwardAddress;
import dev.postern.route.ForwardAddress.Tcp;
import java.util.Set;

/**
 * Whether what a server says was connected to is what it was asked to listen on. Servers write the
 * same address in other words.
 */
final class HeardAddress {
  private static final Set<String> EVERY = Set.of("*", "0.0.0.0", "::", "0:0:0:0:0:0:0:0");

  private HeardAddress() {}

  static boolean fits(ForwardAddress asked, ForwardAddress heard) {
    if (!(asked instanceof Tcp ours) || !(heard instanceof Tcp theirs)) {
      return asked.equals(heard);
    }
    if (ours.port() != theirs.port()) {
      return false;
    }
    // Any of its addresses may be the one that was connected to.
    return EVERY.contains(ours.host())
        || ours.host().equalsIgnoreCase(theirs.host())
        || (ours.isLocal() && theirs.isLocal());
  }
}
