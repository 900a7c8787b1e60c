package com.example.postern.connector.warehouse;

import com.fasterxml.jackson.databind.JsonNode;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Writes rows over those that have the same key. */
final class Upserts implements AutoCloseable {
  private final Connection connection;
  private final Dialect dialect;
  private final Table table;
  private final OffsetDateTime moment;
  private final Map<String, PreparedStatement> statements = new LinkedHashMap<>();

  /** For the table as it is now. */
  Upserts(Connection connection, Dialect dialect, Table table, OffsetDateTime moment) {
    this.connection = connection;
    this.dialect = dialect;
    this.table = table;
    this.moment = moment;
  }

  /**
   * Writes a row. What it has no value for becomes null.
   *
   * @return whether a row with other values was there
   */
  boolean write(Map<String, JsonNode> row) throws SQLException {
    Map<String, Object> values = new LinkedHashMap<>();
    for (String column : table.itemColumns()) {
      values.put(column, value(column, row.get(column)));
    }
    boolean differs = differs(values);
    values.put(Rows.SYNCED, moment);
    values.put(Rows.DELETED, false);
    if (dialect.hasOnConflict()) {
      execute(
          dialect.upsert(table.quotedName(), quoted(values), table.quotedKeys()), values.values());
      return differs;
    }
    if (update(values) == 0) {
      execute(dialect.insert(table.quotedName(), quoted(values)), values.values());
    }
    return differs;
  }

  private Object value(String column, JsonNode value) {
    return value == null || value.isNull()
        ? null
        : dialect.storable(table.type(column).bound(value));
  }

  private List<String> quoted(Map<String, Object> values) {
    return values.keySet().stream().map(table::quoted).toList();
  }

  private boolean differs(Map<String, Object> values) throws SQLException {
    List<Object> arguments = new ArrayList<>(keys(values));
    List<String> differences = new ArrayList<>();
    values.forEach(
        (column, value) -> {
          if (value == null) {
            differences.add(table.quoted(column) + " is not null");
          } else if (!table.keys().contains(column)) {
            differences.add("%1$s is null or %1$s <> ?".formatted(table.quoted(column)));
            arguments.add(value);
          }
        });
    differences.add(table.quoted(Rows.DELETED));
    PreparedStatement query =
        prepared(
            "select count(*) from %s where %s and (%s)"
                .formatted(table.quotedName(), whereKeys(), String.join(" or ", differences)),
            arguments);
    try (ResultSet result = query.executeQuery()) {
      return result.next() && result.getLong(1) > 0;
    }
  }

  private int update(Map<String, Object> values) throws SQLException {
    List<Object> arguments = new ArrayList<>();
    List<String> assignments = new ArrayList<>();
    values.forEach(
        (column, value) -> {
          if (!table.keys().contains(column)) {
            assignments.add(table.quoted(column) + " = ?");
            arguments.add(value);
          }
        });
    arguments.addAll(keys(values));
    return execute(
        "update %s set %s where %s"
            .formatted(table.quotedName(), String.join(", ", assignments), whereKeys()),
        arguments);
  }

  private List<Object> keys(Map<String, Object> values) {
    return table.keys().stream().map(values::get).toList();
  }

  private String whereKeys() {
    return table.quotedKeys().stream()
        .map(key -> key + " = ?")
        .collect(Collectors.joining(" and "));
  }

  private int execute(String sql, Iterable<Object> arguments) throws SQLException {
    return prepared(sql, arguments).executeUpdate();
  }

  private PreparedStatement prepared(String sql, Iterable<Object> arguments) throws SQLException {
    PreparedStatement statement = statements.get(sql);
    if (statement == null) {
      statement = connection.prepareStatement(sql);
      statements.put(sql, statement);
    }
    int index = 0;
    for (Object argument : arguments) {
      statement.setObject(++index, argument);
    }
    return statement;
  }

  @Override
  public void close() throws SQLException {
    for (PreparedStatement statement : statements.values()) {
      statement.close();
    }
  }
}
