package com.example.postern.connector.playground;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLDecoder;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.format.ResolverStyle;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A request's query, with the playground's checks and its words for what does not pass them. */
final class Parameters {
  private static final DateTimeFormatter STRICT =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss'Z'")
          .withResolverStyle(ResolverStyle.STRICT);

  private final Map<String, String> values = new LinkedHashMap<>();

  Parameters(String query) {
    for (String pair : query == null ? new String[0] : query.split("&")) {
      String[] parts = pair.split("=", 2);
      if (!pair.isEmpty()) {
        values.putIfAbsent(decoded(parts[0]), parts.length < 2 ? "" : decoded(parts[1]));
      }
    }
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text, UTF_8);
    } catch (IllegalArgumentException e) {
      return text;
    }
  }

  void only(Set<String> known) throws RefusedException {
    List<String> others = values.keySet().stream().filter(key -> !known.contains(key)).toList();
    if (!others.isEmpty()) {
      throw new RefusedException("Unexpected query parameters: " + String.join(", ", others));
    }
  }

  boolean has(String key) {
    return values.containsKey(key);
  }

  Optional<String> text(String key) {
    return Optional.ofNullable(values.get(key)).filter(value -> !value.isEmpty());
  }

  /** As Flask's {@code type=int}: what is no number is the default. */
  int number(String key, int otherwise) {
    try {
      return Integer.parseInt(values.getOrDefault(key, "").strip());
    } catch (NumberFormatException e) {
      return otherwise;
    }
  }

  int number(String key, int otherwise, int least, int most, String range) throws RefusedException {
    int number = number(key, otherwise);
    if (number < least || number > most) {
      throw new RefusedException("Invalid value for '%s'. It %s.".formatted(key, range));
    }
    return number;
  }

  Order order() throws RefusedException {
    String by = values.getOrDefault("order_by", "updatedAt");
    if (!Set.of("createdAt", "updatedAt").contains(by)) {
      throw new RefusedException("Invalid value for 'order_by'. Use 'createdAt' or 'updatedAt'");
    }
    String type = values.getOrDefault("order_type", "asc");
    if (!Set.of("asc", "desc").contains(type)) {
      throw new RefusedException("Invalid value for 'order_type'. Use 'asc' or 'desc'");
    }
    return new Order(by, type);
  }

  Optional<String> since() throws RefusedException {
    Optional<String> text = text("updated_since");
    if (text.isEmpty()) {
      return text;
    }
    if (!text.get().endsWith("Z")) {
      throw new RefusedException(
          "Invalid date format for 'updated_since'. Must end with 'Z' for UTC");
    }
    try {
      LocalDateTime.parse(text.get(), STRICT);
      return text;
    } catch (DateTimeParseException e) {
      throw new RefusedException(
          "Invalid date format for 'updated_since'. Use 'YYYY-MM-DDTHH:MM:SSZ'");
    }
  }

  /** What was changed since, in order. All of it is the list itself, which stays in that order. */
  static List<ObjectNode> selected(List<ObjectNode> all, Order order, Optional<String> since) {
    List<ObjectNode> chosen = all;
    if (since.isPresent()) {
      chosen =
          new ArrayList<>(
              all.stream()
                  .filter(each -> each.get("updatedAt").textValue().compareTo(since.get()) >= 0)
                  .toList());
    }
    chosen.sort(order.comparator());
    return chosen;
  }

  /** How data is sorted. */
  record Order(String by, String type) {
    Comparator<ObjectNode> comparator() {
      Comparator<ObjectNode> ascending = Comparator.comparing(object -> object.get(by).textValue());
      return type.equals("asc") ? ascending : ascending.reversed();
    }
  }
}
