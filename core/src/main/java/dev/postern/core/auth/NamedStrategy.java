package dev.postern.core.auth;

import dev.postern.api.auth.AuthMethod;
import dev.postern.api.auth.AuthStrategy;
import dev.postern.core.hop.Verdicts;
import java.util.Set;

/**
 * A strategy of a plan under the type it was written as.
 *
 * @param type as in the configuration
 * @param strategy made for this opening; the engine closes it
 * @param methods what it serves
 * @param origin where it is from, to stand behind its type in a message; empty for a bundled one
 * @param verdicts hears what becomes of its secrets
 */
public record NamedStrategy(
    String type, AuthStrategy strategy, Set<AuthMethod> methods, String origin, Verdicts verdicts) {
  /** Asks the strategy what it serves, once. */
  public NamedStrategy(String type, AuthStrategy strategy, String origin, Verdicts verdicts) {
    this(type, strategy, Set.copyOf(strategy.methods()), origin, verdicts);
    if (methods.isEmpty()) {
      throw new IllegalStateException("it serves no method");
    }
  }

  /** A strategy that came with the application. */
  public NamedStrategy(String type, AuthStrategy strategy) {
    this(type, strategy, "", Verdicts.NOBODY);
  }

  boolean serves(AuthMethod method) {
    return methods.contains(method);
  }

  @Override
  public String toString() {
    return type;
  }
}
