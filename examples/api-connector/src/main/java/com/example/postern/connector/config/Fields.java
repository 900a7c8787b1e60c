package com.example.postern.connector.config;

import dev.postern.api.secret.Secret;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** The keys of a configuration file, each asked for once; collects what is wrong with them. */
final class Fields {
  // What the example that people copy has in place of values.
  private static final Pattern PLACEHOLDER =
      Pattern.compile("YOUR_[A-Z0-9_]+|LOCAL_PORT_TO_FORWARD|REMOTE_PORT_OF_THE_SERVER");

  private final Map<String, String> values;
  private final Set<String> asked = new LinkedHashSet<>();
  private final Set<String> problems = new LinkedHashSet<>();

  Fields(Map<String, String> values) {
    this.values = values;
  }

  boolean has(String key) {
    asked.add(key);
    return values.containsKey(key);
  }

  /** A value that need not be there; an empty one is not there. */
  Optional<String> optional(String key) {
    if (!has(key)) {
      return Optional.empty();
    }
    String value = values.get(key);
    if (PLACEHOLDER.matcher(value).matches()) {
      problem("\"%s\" still is the placeholder %s", key, value);
    }
    return value.isEmpty() ? Optional.empty() : Optional.of(value);
  }

  String required(String key) {
    Optional<String> value = optional(key);
    if (value.isEmpty()) {
      problem("\"%s\" is %s", key, values.containsKey(key) ? "empty" : "missing");
    }
    return value.orElse("");
  }

  Optional<Secret> optionalSecret(String key) {
    return optional(key).map(Secret::of);
  }

  Secret requiredSecret(String key) {
    return Secret.of(required(key));
  }

  /** A name without blanks or control characters, for which the person is not to be surprised. */
  String name(String key, String otherwise) {
    String value = optional(key).orElse(otherwise);
    if (value.chars().anyMatch(c -> c <= ' ' || c == 0x7f)) {
      problem("\"%s\" has a blank or a control character", key);
    }
    return value;
  }

  int number(String key, int otherwise, int least, int most) {
    Optional<String> text = optional(key);
    if (text.isEmpty() || PLACEHOLDER.matcher(text.get()).matches()) {
      return otherwise;
    }
    try {
      int number = Integer.parseInt(text.get().strip());
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      // said below
    }
    problem("\"%s\" must be a whole number from %d to %d", key, least, most);
    return otherwise;
  }

  <T> T oneOf(String key, T[] choices, T otherwise) {
    Optional<String> text = optional(key);
    if (text.isEmpty()) {
      return otherwise;
    }
    Optional<T> chosen =
        Arrays.stream(choices).filter(choice -> choice.toString().equals(text.get())).findFirst();
    if (chosen.isEmpty()) {
      problem("\"%s\" must be one of %s", key, String.join(", ", labels(choices)));
    }
    return chosen.orElse(otherwise);
  }

  private static <T> List<String> labels(T[] choices) {
    return Arrays.stream(choices).map(Object::toString).toList();
  }

  void problem(String sentence, Object... arguments) {
    problems.add(sentence.formatted(arguments));
  }

  /** Ends the reading: what nobody asked for is unknown. */
  void check() throws ConfigurationException {
    values.keySet().stream()
        .filter(key -> !asked.contains(key))
        .forEach(key -> problem("\"%s\" is unknown here", Clean.line(key)));
    if (!problems.isEmpty()) {
      throw new ConfigurationException(List.copyOf(problems));
    }
  }
}
