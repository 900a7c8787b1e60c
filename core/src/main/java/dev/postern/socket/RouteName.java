package dev.postern.socket;

import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a route is named by.
 *
 * @param file its configuration; without one, that which is found
 * @param route its name; without one, the only route of the configuration
 */
record RouteName(Optional<Path> file, Optional<String> route) {
  /** {@code orders-db}, {@code /etc/postern.conf#orders-db}, or nothing. */
  static RouteName of(@Nullable String text) {
    if (text == null || text.isBlank()) {
      return new RouteName(Optional.empty(), Optional.empty());
    }
    int separator = text.lastIndexOf('#');
    if (separator < 0) {
      return new RouteName(Optional.empty(), Optional.of(text));
    }
    String file = text.substring(0, separator);
    String route = text.substring(separator + 1);
    return new RouteName(
        file.isEmpty() ? Optional.empty() : Optional.of(Path.of(file).toAbsolutePath().normalize()),
        route.isEmpty() ? Optional.empty() : Optional.of(route));
  }
}
