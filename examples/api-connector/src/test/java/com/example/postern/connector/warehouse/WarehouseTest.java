package com.example.postern.connector.warehouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.example.postern.connector.config.ConnectorConfig.Database;
import com.example.postern.connector.config.Job;
import com.example.postern.connector.config.Shape;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.postern.api.secret.Secret;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** On DuckDB, and on H2, which stands for a database that has no dialect here. */
final class WarehouseTest {
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  @TempDir private Path folder;

  private Database database(String kind) {
    return new Database(
        "jdbc:%s:%s".formatted(kind, folder.resolve("w.db")), Optional.empty(), Optional.empty());
  }

  private static Job job(String table, String... keys) {
    return new Job("/x", Shape.NONE, 50, "updatedAt", "tester", table, List.of(keys));
  }

  private static List<ObjectNode> items(String... texts) throws Exception {
    List<ObjectNode> items = new ArrayList<>();
    for (String text : texts) {
      items.add((ObjectNode) JSON.readTree(text.replace('\'', '"')));
    }
    return items;
  }

  private Written write(String kind, Job job, String... items) throws Exception {
    try (Warehouse warehouse = Warehouse.open(database(kind), job, "source")) {
      return warehouse.write(items(items), Optional.empty());
    }
  }

  private List<String> query(String kind, String sql) throws Exception {
    try (Connection connection = DriverManager.getConnection(database(kind).url());
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      List<String> lines = new ArrayList<>();
      while (rows.next()) {
        List<String> values = new ArrayList<>();
        for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
          values.add(rows.getString(i));
        }
        lines.add(String.join("|", values.stream().map(String::valueOf).toList()));
      }
      return lines;
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"duckdb", "h2"})
  void rowsAreWrittenOverThoseWithTheirKey(String kind) throws Exception {
    Job job = job("Group", "id");
    assertThat(write(kind, job, "{'id': 1, 'select': 'a'}", "{'id': 2, 'select': 'b'}"))
        .isEqualTo(new Written(2, 0, 0, 1));
    assertThat(write(kind, job, "{'id': 2, 'select': 'b'}", "{'id': 1, 'select': 'c'}"))
        .isEqualTo(new Written(2, 1, 0, 0));
    assertThat(query(kind, "select \"id\", \"select\" from \"tester\".\"group\" order by 1"))
        .containsExactly("1|c", "2|b");
  }

  @ParameterizedTest
  @ValueSource(strings = {"duckdb", "h2"})
  void theLastOfTwoWithOneKeyCounts(String kind) throws Exception {
    assertThat(write(kind, job("t", "id"), "{'id': 1, 'a': 'x'}", "{'id': 1, 'a': 'y'}"))
        .isEqualTo(new Written(1, 0, 0, 1));
    assertThat(query(kind, "select \"a\" from \"tester\".\"t\"")).containsExactly("y");
  }

  @ParameterizedTest
  @ValueSource(strings = {"duckdb", "h2"})
  void columnsAreAddedAndWidenedOneByOne(String kind) throws Exception {
    Job job = job("t", "id");
    write(kind, job, "{'id': 1, 'a': 7, 'b': true, 'c': 1.50}");
    assertThat(write(kind, job, "{'id': 2, 'a': 7.25, 'b': false, 'c': 2, 'd': {'e': [1, null]}}"))
        .isEqualTo(new Written(1, 0, 0, 2));
    assertThat(write(kind, job, "{'id': 3, 'a': 'seven', 'b': 1, 'c': 'x'}"))
        .isEqualTo(new Written(1, 0, 0, 3));
    assertThat(write(kind, job, "{'id': 4, 'a': 0.10, 'b': null}"))
        .isEqualTo(new Written(1, 0, 0, 0));
    assertThat(
            query(
                kind, "select \"id\", \"a\", \"b\", \"c\", \"d\" from \"tester\".\"t\" order by 1"))
        .containsExactly(
            kind.equals("h2") ? "1|7|TRUE|1.5|null" : "1|7|true|1.5|null",
            kind.equals("h2")
                ? "2|7.25|FALSE|2|{\"e\":[1,null]}"
                : "2|7.25|false|2|{\"e\":[1,null]}",
            "3|seven|1|x|null",
            "4|0.10|null|null|null");
  }

  @ParameterizedTest
  @ValueSource(strings = {"duckdb", "h2"})
  void aKeyIsWidenedWithItsRows(String kind) throws Exception {
    Job job = job("t", "id");
    write(kind, job, "{'id': 1, 'a': 'x'}", "{'id': 2, 'a': 'y'}");
    assertThat(write(kind, job, "{'id': '1', 'a': 'z'}", "{'id': 'three', 'a': 'w'}"))
        .isEqualTo(new Written(2, 1, 0, 1));
    assertThat(query(kind, "select \"id\", \"a\" from \"tester\".\"t\" order by 1"))
        .containsExactly("1|z", "2|y", "three|w");
    assertThat(write(kind, job, "{'id': 'three', 'a': 'v'}")).isEqualTo(new Written(1, 1, 0, 0));
  }

  @ParameterizedTest
  @ValueSource(strings = {"duckdb", "h2"})
  void numbersStayExact(String kind) throws Exception {
    write(
        kind,
        job("t", "id"),
        "{'id': 9223372036854775807, 'a': 0.1, 'b': 9223372036854775808, 'c': 1e-19, 'd': 1e2}");
    assertThat(query(kind, "select \"id\", \"a\", \"b\", \"c\", \"d\" from \"tester\".\"t\""))
        .containsExactly(
            "9223372036854775807|0.100000000000000000|9223372036854775808.000000000000000000|1E-19|100.000000000000000000");
  }

  @ParameterizedTest
  @ValueSource(strings = {"duckdb", "h2"})
  void whatWasNotWrittenSinceIsMarked(String kind) throws Exception {
    Job job = job("t", "id");
    write(kind, job, "{'id': 1}", "{'id': 2}");
    Instant start = Instant.now().plusSeconds(60);
    try (Warehouse warehouse = Warehouse.open(database(kind), job, "source")) {
      assertThat(warehouse.write(List.of(), Optional.of(start)).deletes()).isEqualTo(2);
    }
    assertThat(write(kind, job, "{'id': 2}")).isEqualTo(new Written(1, 1, 0, 0));
    assertThat(query(kind, "select \"id\" from \"tester\".\"t\" where \"_deleted\""))
        .containsExactly("1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"duckdb", "h2"})
  void aPageThatCannotBeWrittenLeavesNoRow(String kind) throws Exception {
    Job job = job("t", "id");
    write(kind, job, "{'id': 1}");
    try (Warehouse warehouse = Warehouse.open(database(kind), job, "source")) {
      assertThatThrownBy(
              () -> warehouse.write(items("{'id': 2}", "{'id': null}"), Optional.empty()))
          .isInstanceOf(WarehouseException.class)
          .hasMessage("an item has no \"id\", which its primary key is made of");
      assertThat(warehouse.sequence()).isEqualTo(1);
    }
    assertThat(query(kind, "select \"id\" from \"tester\".\"t\"")).containsExactly("1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"duckdb", "h2"})
  void tablesOfOthersAndOtherKeysAreLeftAlone(String kind) throws Exception {
    write(kind, job("t", "id"), "{'id': 1, 'n': 2}");
    assertThatThrownBy(() -> write(kind, job("t", "n"), "{'id': 1, 'n': 2}"))
        .hasMessage("the table tester.t has the primary key id, not n: name another \"table\"");

    try (Connection connection = DriverManager.getConnection(database(kind).url());
        Statement statement = connection.createStatement()) {
      statement.execute("create table \"tester\".\"theirs\" (\"id\" bigint primary key)");
    }
    assertThatThrownBy(() -> write(kind, job("theirs", "id"), "{'id': 1}"))
        .hasMessage("the table tester.theirs is there and not ours: name another \"table\"");
  }

  @Test
  void eachSourceHasItsOwnProgressAndEachWarehouseItsOwnName() throws Exception {
    String id;
    try (Warehouse warehouse = Warehouse.open(database("duckdb"), job("t", "id"), "one")) {
      warehouse.write(items("{'id': 1}"), Optional.empty());
      id = warehouse.id();
    }
    try (Warehouse warehouse = Warehouse.open(database("duckdb"), job("t", "id"), "two")) {
      assertThat(warehouse.sequence()).isZero();
      assertThat(warehouse.id()).isNotEqualTo(id);
    }
    try (Warehouse warehouse = Warehouse.open(database("duckdb"), job("t", "id"), "one")) {
      assertThat(warehouse.sequence()).isEqualTo(1);
      assertThat(warehouse.id()).isEqualTo(id);
    }
  }

  @Test
  void aDriverThatIsMissingIsNamedWithoutTheUrlsSecrets() {
    Database place =
        new Database(
            "jdbc:nosuch://user:hunter2@host/db?password=hunter2",
            Optional.empty(),
            Optional.of(Secret.of("hunter2")));
    assertThatThrownBy(() -> Warehouse.open(place, job("t", "id"), "source"))
        .isInstanceOf(WarehouseException.class)
        .hasMessage("no driver for jdbc:nosuch://host/db: put its jar into lib/");
  }

  @Test
  void namesAreNormalisedOrRefused() throws Exception {
    assertThat(Names.normalised("createdAt")).isEqualTo("created_at");
    assertThat(Names.normalised("HTTPServer ID")).isEqualTo("http_server_id");
    assertThat(Names.normalised("2nd-name")).isEqualTo("_2nd_name");
    assertThat(Names.normalised("drop\"table;--")).isEqualTo("drop_table_");
    assertThat(Names.normalised("straßeÖl")).isEqualTo("straße_öl");
    assertThatThrownBy(() -> Names.normalised("--"))
        .hasMessage("\"--\" makes no name for a column or table");
    assertThatThrownBy(() -> Names.normalised("x".repeat(64)))
        .hasMessageEndingWith("is too long for the name of a column or table");
  }
}
