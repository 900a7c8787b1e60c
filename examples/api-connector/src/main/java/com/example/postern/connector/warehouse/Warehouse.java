package com.example.postern.connector.warehouse;

import com.example.postern.connector.config.Clean;
import com.example.postern.connector.config.ConnectorConfig.Database;
import com.example.postern.connector.config.Job;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.postern.api.secret.SecretException;
import dev.postern.api.secret.SecretValue;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

/**
 * A database with the table of a job. What is written together is committed together, with a number
 * that tells how far it came. For one thread.
 */
public final class Warehouse implements AutoCloseable {
  private final Connection connection;
  private final Dialect dialect;
  private final Table table;
  private final Rows rows;
  private final Progress progress;

  private Warehouse(
      Connection connection, Dialect dialect, Table table, Rows rows, Progress progress) {
    this.connection = connection;
    this.dialect = dialect;
    this.table = table;
    this.rows = rows;
    this.progress = progress;
  }

  /**
   * Connects, and makes the schema if it is not there.
   *
   * @param source what the rows are read from
   */
  public static Warehouse open(Database place, Job job, String source) throws WarehouseException {
    Connection connection = connect(place);
    try {
      connection.setAutoCommit(false);
      Dialect dialect = Dialect.of(connection);
      if (dialect == Dialect.DUCKDB) {
        NativeCode.discardCopy();
      }
      List<String> keys = new ArrayList<>();
      for (String key : job.primaryKey()) {
        keys.add(Names.normalised(key));
      }
      String schema = Names.normalised(job.schema());
      Table table = Table.open(connection, dialect, schema, Names.normalised(job.table()), keys);
      try (Statement statement = connection.createStatement()) {
        statement.execute("create schema if not exists " + table.quoted(schema));
      }
      Progress progress = Progress.open(connection, dialect, table.qualified("_sync"), source);
      connection.commit();
      return new Warehouse(connection, dialect, table, new Rows(keys), progress);
    } catch (SQLException e) {
      close(connection);
      throw failure("cannot use " + shown(place), e);
    } catch (WarehouseException | RuntimeException e) {
      close(connection);
      throw e;
    }
  }

  private static Connection connect(Database place) throws WarehouseException {
    Properties properties = new Properties();
    place.user().ifPresent(user -> properties.put("user", user));
    try {
      if (place.password().isPresent()) {
        try (SecretValue password = place.password().get().read()) {
          properties.put("password", new String(password.chars()));
        }
      }
      return DriverManager.getConnection(place.url(), properties);
    } catch (SecretException e) {
      throw new WarehouseException("the warehouse's password cannot be read", e);
    } catch (SQLException e) {
      if ("08001".equals(e.getSQLState()) && e.getMessage().startsWith("No suitable driver")) {
        // Java's own message has the whole URL.
        throw new WarehouseException(
            "no driver for %s: put its jar into lib/".formatted(shown(place)), e);
      }
      throw failure("cannot open " + shown(place), e);
    }
  }

  /** Tells this warehouse, and this source in it, from any other. */
  public String id() {
    return progress.id();
  }

  /** The number of the last commit. */
  public long sequence() {
    return progress.sequence();
  }

  /**
   * Writes the items of one answer, and commits.
   *
   * @param missing rows that were written before this moment and not since are marked as deleted;
   *     empty to mark none
   * @return what was done; nothing of it if this throws, but for changes to the schema
   */
  public Written write(List<ObjectNode> items, Optional<Instant> missing)
      throws WarehouseException {
    Collection<Map<String, JsonNode>> written = rows.of(items);
    try {
      int schemaChanges = written.isEmpty() ? 0 : table.fit(written);
      // By itself: DuckDB wants no rows in the transaction that changes their table.
      connection.commit();
      long updates = 0;
      try (Upserts upserts =
          new Upserts(
              connection,
              dialect,
              table,
              Instant.now().truncatedTo(ChronoUnit.MILLIS).atOffset(ZoneOffset.UTC))) {
        for (Map<String, JsonNode> row : written) {
          updates += upserts.write(row) ? 1 : 0;
        }
      }
      long deletes = missing.isPresent() && table.exists() ? mark(missing.get()) : 0;
      progress.advance();
      connection.commit();
      return new Written(written.size(), updates, deletes, schemaChanges);
    } catch (SQLException e) {
      rollBack();
      throw failure("cannot write to " + table.quotedName(), e);
    } catch (WarehouseException | RuntimeException e) {
      rollBack();
      throw e;
    }
  }

  private long mark(Instant before) throws SQLException {
    String sql =
        "update %s set %s = true where %s < ? and not %s"
            .formatted(
                table.quotedName(),
                table.quoted(Rows.DELETED),
                table.quoted(Rows.SYNCED),
                table.quoted(Rows.DELETED));
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setObject(1, before.atOffset(ZoneOffset.UTC));
      return statement.executeUpdate();
    }
  }

  private void rollBack() {
    try {
      connection.rollback();
    } catch (SQLException e) {
      // It ends with the connection.
    }
  }

  /** Without what may be secret: parameters, and what stands before an {@code @}. */
  private static String shown(Database place) {
    return place.url().replaceFirst("[?;].*", "").replaceFirst("//[^/]*@", "//");
  }

  private static WarehouseException failure(String what, SQLException e) {
    return new WarehouseException(what + ": " + Clean.line(String.valueOf(e.getMessage())), e);
  }

  private static void close(Connection connection) {
    try {
      connection.close();
    } catch (SQLException e) {
      // What was to be kept is committed.
    }
  }

  @Override
  public void close() {
    rollBack();
    close(connection);
  }
}
