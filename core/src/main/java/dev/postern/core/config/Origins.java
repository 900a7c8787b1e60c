package dev.postern.core.config;

import com.typesafe.config.ConfigOrigin;
import com.typesafe.config.ConfigOriginFactory;

/** Says where a value comes from. */
final class Origins {
  /** The description of values that are nobody's choice. */
  static final String DEFAULT = "default";

  private static final String MERGED = "merge of ";

  private Origins() {}

  /** The origin of values that are nobody's choice. */
  static ConfigOrigin byDefault() {
    return ConfigOriginFactory.newSimple(DEFAULT);
  }

  static String text(ConfigOrigin origin) {
    String description = origin.description();
    if (description.startsWith(MERGED)) {
      return merged(description.substring(MERGED.length()));
    }
    if (origin.resource() != null && origin.resource().endsWith("reference.conf")) {
      return DEFAULT;
    }
    if (origin.filename() != null) {
      return origin.filename() + (origin.lineNumber() > 0 ? ":" + origin.lineNumber() : "");
    }
    if (description.startsWith("reference.conf")) {
      return DEFAULT;
    }
    return origin.resource() == null
        ? description.replaceFirst(": \\d+(-\\d+)?$", "") // a text of one line
        : description;
  }

  /** The nearest of an object's places: {@code "/a/b.conf: 3,/a/c.conf: 7-9"} is b's line 3. */
  private static String merged(String places) {
    String first = places.split(",", 2)[0];
    return first.startsWith("reference.conf")
        ? DEFAULT
        : first.replaceFirst(": (\\d+)(-\\d+)?$", ":$1");
  }
}
