package dev.postern.core.circuit;

import dev.postern.circuit.Forward;
import dev.postern.route.ForwardAddress;
import dev.postern.route.ForwardSpec;

/** A forward as a person writes it, with the port that was chosen. */
final class ForwardWords {
  private ForwardWords() {}

  static String of(Forward forward) {
    return of(forward.spec(), forward.address());
  }

  static String of(ForwardSpec spec, ForwardAddress listening) {
    return new ForwardSpec(spec.type(), listening, spec.target(), spec.unlink()).toString();
  }
}
