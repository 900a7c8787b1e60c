package com.example.postern.connector.warehouse;

import com.fasterxml.jackson.databind.JsonNode;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The table's columns, which grow with what comes. A column is there from the first value that is
 * not null, and never goes.
 */
final class Table {
  private final Connection connection;
  private final Dialect dialect;
  private final String schema;
  private final String name;
  private final List<String> keys;
  private final String quote;
  private Map<String, ColumnType> columns = new LinkedHashMap<>();

  private Table(
      Connection connection, Dialect dialect, String schema, String name, List<String> keys)
      throws SQLException {
    this.connection = connection;
    this.dialect = dialect;
    this.schema = schema;
    this.name = name;
    this.keys = keys;
    this.quote = connection.getMetaData().getIdentifierQuoteString().strip();
  }

  /**
   * Looks at it, if it is there.
   *
   * @throws WarehouseException if a table of that name is not ours, or has another key
   */
  static Table open(
      Connection connection, Dialect dialect, String schema, String name, List<String> keys)
      throws SQLException, WarehouseException {
    Table table = new Table(connection, dialect, schema, name, keys);
    table.columns = table.read();
    if (!table.exists()) {
      return table;
    }
    if (!table.columns.containsKey(Rows.SYNCED) || !table.columns.containsKey(Rows.DELETED)) {
      throw new WarehouseException(
          "the table %s.%s is there and not ours: name another \"table\"".formatted(schema, name));
    }
    List<String> known = table.readKeys();
    if (!known.equals(keys)) {
      throw new WarehouseException(
          "the table %s.%s has the primary key %s, not %s: name another \"table\""
              .formatted(schema, name, String.join(",", known), String.join(",", keys)));
    }
    return table;
  }

  boolean exists() {
    return !columns.isEmpty();
  }

  String quotedName() {
    return qualified(name);
  }

  String quoted(String identifier) {
    return quote + identifier + quote;
  }

  List<String> quotedKeys() {
    return keys.stream().map(this::quoted).toList();
  }

  List<String> keys() {
    return keys;
  }

  /** The columns that items can have values in. */
  List<String> itemColumns() {
    return columns.keySet().stream()
        .filter(column -> !column.equals(Rows.SYNCED) && !column.equals(Rows.DELETED))
        .toList();
  }

  ColumnType type(String column) {
    return columns.get(column);
  }

  /**
   * Makes it hold these rows.
   *
   * @return how many changes that took
   */
  int fit(Collection<Map<String, JsonNode>> rows) throws SQLException {
    Map<String, ColumnType> wanted = new LinkedHashMap<>();
    for (Map<String, JsonNode> row : rows) {
      row.forEach(
          (column, value) -> {
            if (!value.isNull()) {
              wanted.merge(column, ColumnType.of(value), ColumnType::with);
            }
          });
    }
    if (!exists()) {
      create(wanted);
      return 1;
    }
    int changes = 0;
    for (Map.Entry<String, ColumnType> entry : wanted.entrySet()) {
      changes += fit(entry.getKey(), entry.getValue());
    }
    return changes;
  }

  private void create(Map<String, ColumnType> wanted) throws SQLException {
    execute(definition(name, wanted));
    columns = new LinkedHashMap<>(wanted);
    columns.put(Rows.SYNCED, ColumnType.TEXT);
    columns.put(Rows.DELETED, ColumnType.BOOLEAN);
  }

  private int fit(String column, ColumnType wanted) throws SQLException {
    ColumnType present = columns.get(column);
    if (present == null) {
      execute(
          "alter table %s add column %s %s"
              .formatted(quotedName(), quoted(column), dialect.type(wanted, false)));
      columns.put(column, wanted);
      return 1;
    }
    ColumnType wider = present.with(wanted);
    if (wider == present) {
      return 0;
    }
    if (keys.contains(column) && !dialect.changesKeys()) {
      rebuild(column, wider);
    } else {
      execute(
          "alter table %s alter column %s set data type %s using %s"
              .formatted(
                  quotedName(),
                  quoted(column),
                  dialect.type(wider, keys.contains(column)),
                  converted(column, wider)));
    }
    columns.put(column, wider);
    return 1;
  }

  private String converted(String column, ColumnType wider) {
    return wider == ColumnType.TEXT
        ? dialect.textual(quoted(column), columns.get(column))
        : "cast(%s as %s)".formatted(quoted(column), dialect.type(wider, false));
  }

  /** In one transaction, which the caller commits. */
  private void rebuild(String column, ColumnType wider) throws SQLException {
    String next = name + "__new";
    Map<String, ColumnType> types = new LinkedHashMap<>();
    itemColumns().forEach(each -> types.put(each, columns.get(each)));
    types.put(column, wider);
    execute(definition(next, types));
    List<String> all = new ArrayList<>(types.keySet());
    all.add(Rows.SYNCED);
    all.add(Rows.DELETED);
    execute(
        "insert into %s (%s) select %s from %s"
            .formatted(
                qualified(next),
                String.join(", ", all.stream().map(this::quoted).toList()),
                String.join(
                    ", ",
                    all.stream()
                        .map(each -> each.equals(column) ? converted(each, wider) : quoted(each))
                        .toList()),
                quotedName()));
    execute("drop table " + quotedName());
    execute("alter table %s rename to %s".formatted(qualified(next), quoted(name)));
  }

  private String definition(String table, Map<String, ColumnType> types) {
    List<String> lines = new ArrayList<>();
    types.forEach(
        (column, type) -> {
          boolean key = keys.contains(column);
          lines.add(quoted(column) + " " + dialect.type(type, key) + (key ? " not null" : ""));
        });
    lines.add(quoted(Rows.SYNCED) + " timestamp with time zone not null");
    lines.add(quoted(Rows.DELETED) + " boolean not null");
    lines.add("primary key (%s)".formatted(String.join(", ", quotedKeys())));
    return "create table %s (%s)".formatted(qualified(table), String.join(", ", lines));
  }

  String qualified(String table) {
    return quoted(schema) + "." + quoted(table);
  }

  private void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private Map<String, ColumnType> read() throws SQLException {
    Map<String, ColumnType> found = new LinkedHashMap<>();
    try (ResultSet rows = connection.getMetaData().getColumns(null, schema, null, null)) {
      while (rows.next()) {
        // The arguments are patterns, in which an underscore means any character.
        if (name.equals(rows.getString("TABLE_NAME"))
            && schema.equals(rows.getString("TABLE_SCHEM"))) {
          found.put(rows.getString("COLUMN_NAME"), ColumnType.ofJdbc(rows.getInt("DATA_TYPE")));
        }
      }
    }
    return found;
  }

  private List<String> readKeys() throws SQLException {
    Map<Integer, String> found = new TreeMap<>();
    try (ResultSet rows = connection.getMetaData().getPrimaryKeys(null, schema, name)) {
      while (rows.next()) {
        found.put(rows.getInt("KEY_SEQ"), rows.getString("COLUMN_NAME"));
      }
    }
    return List.copyOf(found.values());
  }
}
