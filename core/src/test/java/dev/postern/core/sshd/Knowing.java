package dev.postern.core.sshd;

import dev.postern.core.hop.HostKeyAlgorithms;
import dev.postern.core.hostkey.HostKeyVerifier;
import dev.postern.core.hostkey.ServerKey;
import java.util.ArrayList;
import java.util.List;

/** Trusts every key, and knows one or more; they come first. */
record Knowing(List<String> known) implements HostKeyVerifier {
  Knowing(String... known) {
    this(List.of(known));
  }

  @Override
  public String verify(ServerKey key) {
    return "trusted";
  }

  @Override
  public List<String> order(HostKeyAlgorithms offered) {
    List<String> order = new ArrayList<>(known);
    offered.always().stream().filter(name -> !known.contains(name)).forEach(order::add);
    return order;
  }

  @Override
  public boolean isKnown(String algorithm) {
    return known.contains(algorithm);
  }
}
