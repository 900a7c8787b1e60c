package dev.postern.core.auth;

import dev.postern.api.auth.AuthMethod;
import dev.postern.api.auth.AuthStrategy;

/**
 * A strategy of a plan under the type it was written as.
 *
 * @param type as in the configuration
 * @param strategy made for this opening; the engine closes it
 */
public record NamedStrategy(String type, AuthStrategy strategy) {
  boolean serves(AuthMethod method) {
    return strategy.methods().contains(method);
  }

  @Override
  public String toString() {
    return type;
  }
}
