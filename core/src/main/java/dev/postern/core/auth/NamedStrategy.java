package dev.postern.core.auth;

import dev.postern.api.auth.AuthMethod;
import dev.postern.api.auth.AuthStrategy;

/**
 * A strategy of a plan under the type it was written as.
 *
 * @param type as in the configuration
 * @param strategy made for this opening; the engine closes it
 * @param origin where it is from, to stand behind its type in a message; empty for a bundled one
 */
public record NamedStrategy(String type, AuthStrategy strategy, String origin) {
  /** A strategy that came with the application. */
  public NamedStrategy(String type, AuthStrategy strategy) {
    this(type, strategy, "");
  }

  boolean serves(AuthMethod method) {
    return strategy.methods().contains(method);
  }

  @Override
  public String toString() {
    return type;
  }
}
