package com.example.postern.connector;

import com.example.postern.connector.api.Patience;
import com.example.postern.connector.playground.Playground;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.postern.testkit.server.EmbeddedServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;

/**
 * An API behind an SSH server in this process, a configuration that leads there, and the command.
 */
final class Bench implements AutoCloseable {
  static final String PASSWORD = "correct horse battery staple";
  static final Clock CLOCK = Clock.fixed(Instant.parse("2026-01-31T12:00:00Z"), ZoneOffset.UTC);

  /** Waits as it should where the API says how long, and hardly where it does not. */
  private Patience patience =
      new Patience(5, Duration.ofMillis(20), Duration.ofMinutes(1), Patience.USUAL.timeout());

  final Playground api;
  final Path folder;
  final Path directory;
  EmbeddedServer ssh;
  private final Map<String, String> settings = new LinkedHashMap<>();

  private Bench(Path folder, Playground api) throws IOException {
    this.folder = folder;
    this.directory = folder.resolve("files");
    this.api = api;
    this.ssh = EmbeddedServer.builder("alice").password(PASSWORD).start();
    set("ssh_host", "127.0.0.1")
        .set("ssh_user", "alice")
        .set("ssh_password", PASSWORD)
        .set("api_key", api.secrets().apiKey())
        .set("remote_port", String.valueOf(api.port()));
    reach();
  }

  static Bench in(Path folder) throws IOException {
    return new Bench(folder, Playground.start(7, CLOCK));
  }

  static Bench with(Playground api, Path folder) throws IOException {
    return new Bench(folder, api);
  }

  /** Makes the configuration lead to the SSH server as it is now. */
  void reach() throws IOException {
    Path known = folder.resolve("known_hosts");
    Files.writeString(known, ssh.knownHostsLine() + "\n");
    set("ssh_port", String.valueOf(ssh.port())).set("ssh_known_hosts", known.toString());
  }

  Bench set(String key, String value) {
    settings.put(key, value);
    return this;
  }

  Bench without(String key) {
    settings.remove(key);
    return this;
  }

  Path configuration() throws IOException {
    Path file = folder.resolve("configuration.json");
    if (!Files.exists(file)) {
      Files.createFile(
          file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    }
    Files.write(file, new JsonMapper().writeValueAsBytes(settings));
    return file;
  }

  /** {@code api-connector sync}, in this process. */
  Ended sync(String... more) throws IOException {
    List<String> words = new ArrayList<>(List.of("sync", "--config", configuration().toString()));
    words.addAll(List.of("--directory", directory.toString()));
    words.addAll(List.of(more));
    return run(words.toArray(String[]::new));
  }

  /** Has requests time out after so long. */
  Bench timeout(Duration duration) {
    patience = new Patience(5, Duration.ofMillis(20), Duration.ofMinutes(1), duration);
    return this;
  }

  Ended run(String... words) {
    StringWriter out = new StringWriter();
    StringWriter error = new StringWriter();
    CommandLine line = ConnectorCommand.line(patience);
    line.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(error, true));
    int exitCode = line.execute(words);
    return new Ended(exitCode, out.toString(), error.toString());
  }

  String state() throws IOException {
    return Files.readString(directory.resolve("state.json"));
  }

  /** What a query of the warehouse gives: a line for each row, columns separated by a bar. */
  List<String> query(String sql) throws SQLException {
    try (Connection connection =
        DriverManager.getConnection("jdbc:duckdb:" + directory.resolve("warehouse.db"))) {
      return query(connection, sql);
    }
  }

  static List<String> query(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      List<String> lines = new ArrayList<>();
      while (rows.next()) {
        List<String> values = new ArrayList<>();
        for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
          values.add(String.valueOf(rows.getString(i)));
        }
        lines.add(String.join("|", values));
      }
      return lines;
    }
  }

  /** The ids that the API has, in order. */
  List<String> ids() {
    List<String> ids = new ArrayList<>();
    api.change(users -> users.forEach(user -> ids.add(user.get("id").textValue())));
    return ids.stream().sorted().toList();
  }

  @Override
  public void close() throws IOException {
    ssh.close();
    api.close();
  }

  record Ended(int exitCode, String output, String error) {
    /** {@code upserts updates deletes schema-changes checkpoints}. */
    String counts() {
      return output
          .lines()
          .filter(line -> line.matches("[A-Za-z]+ +\\| [0-9]+"))
          .map(line -> line.replaceFirst(".*\\| ", ""))
          .collect(java.util.stream.Collectors.joining(" "));
    }
  }
}
