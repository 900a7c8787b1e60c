package dev.postern.cli.report;

import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigValueFactory;

/** JSON on one line. */
public final class Json {
  private Json() {}

  /** From maps, lists, strings, numbers and booleans. */
  public static String text(Object value) {
    return ConfigValueFactory.fromAnyRef(value).render(ConfigRenderOptions.concise());
  }
}
