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
        plan.stream().allMatch(MethodOrder::prefersPasswordMethod)
            ? List.of(PUBLICKEY, PASSWORD, KEYBOARD_INTERACTIVE)
            : List.of(PUBLICKEY, KEYBOARD_INTERACTIVE, PASSWORD);
    Set<AuthMethod> order = new LinkedHashSet<>();
    for (NamedStrategy strategy : plan) {
      preference.stream().filter(strategy::serves).forEach(order::add);
    }
    return List.copyOf(order);
  }

  /**
   * A plan with more to say than one password expects a conversation that asks for all of it. The
   * method {@code password} would have the server check the password alone, and burn it where a
   * code is wanted too. A plan of nothing but {@code password} is quicker with the method that it
   * is named after.
   */
  private static boolean prefersPasswordMethod(NamedStrategy strategy) {
    return !strategy.serves(KEYBOARD_INTERACTIVE) || strategy.type().equals(PASSWORD.wireName());
  }
}
