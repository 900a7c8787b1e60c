package dev.postern.core.circuit;

import dev.postern.circuit.Forward;
import java.net.InetSocketAddress;

/** A forward as a person writes it, with the port that was chosen. */
final class ForwardWords {
  private ForwardWords() {}

  static String of(Forward forward) {
    InetSocketAddress address = forward.localAddress();
    String host = address.getAddress().getHostAddress();
    return "%s:%d -> %s"
        .formatted(
            host.indexOf(':') < 0 ? host : "[" + host + "]",
            address.getPort(),
            forward.spec().target());
  }
}
