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
    if (origin.filename() != null) {
      return origin.filename() + (origin.lineNumber() > 0 ? ":" + origin.lineNumber() : "");
    }
    return place(description);
  }

  /** The nearest of an object's places: {@code "/a/b.conf: 3,/a/c.conf: 7-9"} is b's line 3. */
  private static String merged(String places) {
    return place(places.split(",", 2)[0]);
  }

  /**
   * A place as the library describes it: {@code reference.conf @ jar:file:/a.jar!/reference.conf:
   * 3} is a file in a jar; what has no path is a text of one line, whose number says nothing.
   */
  private static String place(String description) {
    String file = description.replaceFirst("^.* @ (jar:)?(file:)?", "");
    return file.replaceFirst(": (\\d+)(-\\d+)?$", file.indexOf('/') < 0 ? "" : ":$1");
  }
}
