package dev.postern.core.config;

import com.typesafe.config.ConfigOrigin;

/** Says where a value comes from. */
final class Origins {
  /** The description of values that are nobody's choice. */
  static final String DEFAULT = "default";

  private Origins() {}

  static String text(ConfigOrigin origin) {
    if (origin.resource() != null && origin.resource().endsWith("reference.conf")) {
      return DEFAULT;
    }
    if (origin.filename() != null) {
      return origin.filename() + (origin.lineNumber() > 0 ? ":" + origin.lineNumber() : "");
    }
    String description = origin.description();
    return description.startsWith("reference.conf") ? DEFAULT : description;
  }
}
