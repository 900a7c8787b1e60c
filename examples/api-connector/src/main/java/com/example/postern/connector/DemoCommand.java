package com.example.postern.connector;

import com.example.postern.connector.api.Patience;
import com.example.postern.connector.config.ApiAccess;
import com.example.postern.connector.config.ConnectorConfig;
import com.example.postern.connector.config.Job;
import com.example.postern.connector.config.Shape;
import com.example.postern.connector.demo.DemoWorld;
import com.example.postern.connector.sync.SyncException;
import com.example.postern.connector.tunnel.Tunnel;
import com.example.postern.connector.tunnel.Tunnels;
import dev.postern.api.secret.Secret;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code api-connector demo}. */
@Command(
    name = "demo",
    description =
        "Runs against an API and two SSH servers of its own, all in this process and on loopback.")
final class DemoCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--directory",
      paramLabel = "DIR",
      defaultValue = "api-connector-demo",
      description = "For warehouse.db and state.json; ${DEFAULT-VALUE} unless said.")
  private Path directory;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this.")
  private boolean help;

  @Override
  public Integer call()
      throws IOException, GeneralSecurityException, InterruptedException, SQLException {
    PrintWriter out = spec.commandLine().getOut();
    Report report = new Report(out, spec.commandLine().getErr(), false);
    try (DemoWorld world = DemoWorld.start();
        Tunnel tunnel = Tunnels.by(world.configuration(), "demo", Optional.empty())) {
      out.println(
          "An API of 200 users listens on this machine, for whoever comes through two SSH servers:");
      out.println(
          "a bastion that wants a password, and an inner host that wants a key. No other port is opened.");
      out.println();
      Connector connector =
          new Connector(
              config(world),
              new Connector.Options(directory, false, false, Patience.USUAL, report::note));
      try {
        connector.run("demo", tunnel);
      } catch (SyncException e) {
        report.end(connector.counts(), Optional.of(e));
        return SyncCommand.FAILED;
      }
      report.end(connector.counts(), Optional.empty());
      out.println();
      show(out);
      return 0;
    }
  }

  private static ConnectorConfig config(DemoWorld world) {
    return new ConnectorConfig(
        Optional.empty(),
        Optional.empty(),
        new ApiAccess.ApiKey(Secret.of(world.apiKey())),
        new Job("/auth/api_key", Shape.NONE, 50, "updatedAt", "tester", "user", List.of("id")),
        Optional.empty());
  }

  private void show(PrintWriter out) throws SQLException {
    Path file = directory.resolve("warehouse.db");
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:" + file);
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "select count(*) over (), id, name, job from tester.\"user\" order by created_at, id")) {
      boolean first = true;
      while (rows.next()) {
        if (first) {
          out.println("%d rows in tester.user of %s:".formatted(rows.getLong(1), file));
        }
        first = false;
        out.println(
            "  %s  %-18s %s".formatted(rows.getString(2), rows.getString(3), rows.getString(4)));
      }
    }
    out.flush();
  }
}
