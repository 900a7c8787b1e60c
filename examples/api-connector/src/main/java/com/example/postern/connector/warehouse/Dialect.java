package com.example.postern.connector.warehouse;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What databases say differently. Identifiers come unquoted. */
enum Dialect {
  /** DuckDB. */
  DUCKDB("varchar", "varchar", true),
  /** PostgreSQL, and what calls itself so. */
  POSTGRESQL("text", "text", true),
  /** Any other: nothing but standard SQL, with lengths where a driver wants them. */
  STANDARD("varchar(16000)", "varchar(255)", false);

  private final String text;
  private final String keyText;
  private final boolean onConflict;

  Dialect(String text, String keyText, boolean onConflict) {
    this.text = text;
    this.keyText = keyText;
    this.onConflict = onConflict;
  }

  static Dialect of(Connection connection) throws SQLException {
    String product = connection.getMetaData().getDatabaseProductName().toLowerCase(Locale.ROOT);
    if (product.startsWith("duckdb")) {
      return DUCKDB;
    }
    return product.equals("postgresql") ? POSTGRESQL : STANDARD;
  }

  String type(ColumnType type, boolean isKey) {
    switch (type) {
      case BOOLEAN:
        return "boolean";
      case INTEGER:
        return "bigint";
      case DECIMAL:
        return "decimal(%d,%d)".formatted(ColumnType.PRECISION, ColumnType.SCALE);
      default:
        return isKey ? keyText : text;
    }
  }

  /** Whether an insert can say what is done if the row is there. */
  boolean hasOnConflict() {
    return onConflict;
  }

  /** Whether the type of a key's column can be changed in place. */
  boolean changesKeys() {
    return this != DUCKDB;
  }

  /** What the type of a text column is cast to. */
  String textual(String column, ColumnType from) {
    String cast = "cast(%s as %s)".formatted(column, keyText);
    // As JSON has it: 1.5 and not 1.500000000000000000.
    return from == ColumnType.DECIMAL ? "rtrim(rtrim(%s, '0'), '.')".formatted(cast) : cast;
  }

  /** Text that the database cannot hold is written with a mark in place of it. */
  Object storable(Object value) {
    return this == POSTGRESQL && value instanceof String string
        ? string.replace('\0', '\ufffd')
        : value;
  }

  /** An insert that overwrites the row that is there. */
  String upsert(String table, List<String> columns, List<String> keys) {
    String assignments =
        columns.stream()
            .filter(column -> !keys.contains(column))
            .map(column -> column + " = excluded." + column)
            .collect(Collectors.joining(", "));
    return "%s on conflict (%s) do update set %s"
        .formatted(insert(table, columns), String.join(", ", keys), assignments);
  }

  String insert(String table, List<String> columns) {
    return "insert into %s (%s) values (%s)"
        .formatted(
            table,
            String.join(", ", columns),
            columns.stream().map(column -> "?").collect(Collectors.joining(", ")));
  }
}
