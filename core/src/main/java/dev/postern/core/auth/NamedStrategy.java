package dev.postern.core.auth;

import dev.postern.api.auth.AuthMethod;
import dev.postern.api.auth.AuthStrategy;
import java.util.Set;

/**
 * A strategy of a plan under the type it was written as.
 *
 * @param type as in the configuration
 * @param strategy made for this opening; the engine closes it
 * @param methods what it serves
 */
public record NamedStrategy(String type, AuthStrategy strategy, Set<AuthMethod> methods) {
  /** Asks the strategy what it serves, once. */
  public NamedStrategy(String type, AuthStrategy strategy) {
    this(type, strategy, Set.copyOf(strategy.methods()));
    if (methods.isEmpty()) {
      throw new IllegalStateException("it serves no method");
    }
  }

  boolean serves(AuthMethod method) {
    return methods.contains(method);
  }

  @Override
  public String toString() {
    return type;
  }
}
