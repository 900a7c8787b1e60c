package com.example.postern.connector.warehouse;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;

/**
 * A row for each source, in a table beside the others. It says which warehouse this is, and how
 * many commits it has: a checkpoint of another one, or of a later time than that of a warehouse
 * that was put back from a copy, is not used.
 */
final class Progress {
  private final Connection connection;
  private final String table;
  private final String source;
  private final String id;
  private long sequence;

  private Progress(Connection connection, String table, String source, String id, long sequence) {
    this.connection = connection;
    this.table = table;
    this.source = source;
    this.id = id;
    this.sequence = sequence;
  }

  /** Reads it, or begins it. The caller commits. */
  static Progress open(Connection connection, Dialect dialect, String table, String source)
      throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          "create table if not exists %s (source %s not null primary key, id %s not null, sequence bigint not null)"
              .formatted(
                  table, dialect.type(ColumnType.TEXT, true), dialect.type(ColumnType.TEXT, true)));
    }
    try (PreparedStatement query =
        connection.prepareStatement(
            "select id, sequence from %s where source = ?".formatted(table))) {
      query.setString(1, source);
      try (ResultSet row = query.executeQuery()) {
        if (row.next()) {
          return new Progress(connection, table, source, row.getString(1), row.getLong(2));
        }
      }
    }
    String id = UUID.randomUUID().toString();
    try (PreparedStatement insert =
        connection.prepareStatement(
            "insert into %s (source, id, sequence) values (?, ?, 0)".formatted(table))) {
      insert.setString(1, source);
      insert.setString(2, id);
      insert.executeUpdate();
    }
    return new Progress(connection, table, source, id, 0);
  }

  String id() {
    return id;
  }

  long sequence() {
    return sequence;
  }

  /** Counts one more commit, which the caller does. */
  void advance() throws SQLException, WarehouseException {
    try (PreparedStatement update =
        connection.prepareStatement(
            "update %s set sequence = ? where source = ? and sequence = ?".formatted(table))) {
      update.setLong(1, sequence + 1);
      update.setString(2, source);
      update.setLong(3, sequence);
      if (update.executeUpdate() != 1) {
        throw new WarehouseException("another run writes what this one reads");
      }
    }
    sequence++;
  }
}
