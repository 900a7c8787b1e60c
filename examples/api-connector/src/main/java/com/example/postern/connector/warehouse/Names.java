package com.example.postern.connector.warehouse;

import com.example.postern.connector.config.Clean;
import java.util.Locale;

/** Names in the warehouse: {@code createdAt} is {@code created_at}. */
final class Names {
  /** PostgreSQL's limit, which cuts longer ones off in silence. */
  private static final int LONGEST = 63;

  private Names() {}

  /**
   * In lower snake case, of letters, digits and underscores, as others who load this API have them.
   *
   * @throws WarehouseException if nothing is left, or it is too long
   */
  static String normalised(String name) throws WarehouseException {
    String words =
        name.replaceAll("([\\p{Ll}\\p{Nd}])(\\p{Lu})", "$1_$2")
            .replaceAll("(\\p{Lu})(\\p{Lu}\\p{Ll})", "$1_$2")
            .toLowerCase(Locale.ROOT)
            .replaceAll("[^\\p{L}\\p{Nd}_]+", "_")
            .replaceAll("_{2,}", "_");
    String result = words.matches("[0-9].*") ? "_" + words : words;
    if (result.replace("_", "").isEmpty()) {
      throw new WarehouseException(
          "\"%s\" makes no name for a column or table".formatted(Clean.line(name)));
    }
    if (result.getBytes(java.nio.charset.StandardCharsets.UTF_8).length > LONGEST) {
      throw new WarehouseException(
          "\"%s\" is too long for the name of a column or table".formatted(Clean.line(name)));
    }
    return result;
  }
}
