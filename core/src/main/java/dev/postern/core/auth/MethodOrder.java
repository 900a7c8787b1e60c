package dev.postern.core.auth;

import static dev.postern.api.auth.AuthMethod.KEYBOARD_INTERACTIVE;
import static dev.postern.api.auth.AuthMethod.PASSWORD;
import static dev.postern.api.auth.AuthMethod.PUBLICKEY;

import dev.postern.api.auth.AuthMethod;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** In which order a plan uses the methods: as its strategies stand. */
final class MethodOrder {
  private MethodOrder() {}

  static List<AuthMethod> of(List<NamedStrategy> plan) {
    List<AuthMethod> preference =
        plan.stream().anyMatch(MethodOrder::servesPromptsOnly)
            ? List.of(PUBLICKEY, KEYBOARD_INTERACTIVE, PASSWORD)
            : List.of(PUBLICKEY, PASSWORD, KEYBOARD_INTERACTIVE);
    Set<AuthMethod> order = new LinkedHashSet<>();
    for (NamedStrategy strategy : plan) {
      preference.stream().filter(strategy::serves).forEach(order::add);
    }
    return List.copyOf(order);
  }

  /**
   * A plan such as password and code expects a conversation that asks for both. The method {@code
   * password} would have the server check the password alone, and burn it where a code is wanted
   * too.
   */
  private static boolean servesPromptsOnly(NamedStrategy strategy) {
    return strategy.strategy().methods().equals(Set.of(KEYBOARD_INTERACTIVE));
  }
}
