package dev.postern.cli;

import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigValueFactory;

/** JSON on one line. */
final class Json {
  private Json() {}

  /** From maps, lists, strings, numbers and booleans. */
  static String text(Object value) {
    return ConfigValueFactory.fromAnyRef(value).render(ConfigRenderOptions.concise());
  }
}
