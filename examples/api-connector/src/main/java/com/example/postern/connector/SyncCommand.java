package com.example.postern.connector;

import com.example.postern.connector.api.Patience;
import com.example.postern.connector.config.ConfigurationException;
import com.example.postern.connector.config.ConfigurationFile;
import com.example.postern.connector.config.ConnectorConfig;
import com.example.postern.connector.config.ConnectorConfig.Database;
import com.example.postern.connector.sync.SyncException;
import com.example.postern.connector.tunnel.Tunnel;
import com.example.postern.connector.tunnel.Tunnels;
import dev.postern.problem.ConfigException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code api-connector sync}. */
@Command(
    name = "sync",
    description = "Reads the API through SSH into the warehouse, and goes on where it stopped.")
final class SyncCommand implements Callable<Integer> {
  static final int FAILED = 1;
  static final int MISCONFIGURED = 2;

  @Spec private CommandSpec spec;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      defaultValue = "configuration.json",
      description = "The configuration; ${DEFAULT-VALUE} unless said.")
  private Path config;

  @Option(
      names = "--route",
      paramLabel = "NAME",
      description = "Go by this route of a Postern configuration, in place of ssh_host.")
  private Optional<String> route = Optional.empty();

  @Option(
      names = "--postern-config",
      paramLabel = "FILE",
      defaultValue = "postern.conf",
      description = "Where --route is; ${DEFAULT-VALUE} unless said.")
  private Path posternConfig;

  @Option(
      names = "--directory",
      paramLabel = "DIR",
      defaultValue = "files",
      description = "For warehouse.db and state.json; ${DEFAULT-VALUE} unless said.")
  private Path directory;

  @Option(
      names = "--jdbc-url",
      paramLabel = "URL",
      description =
          "A database in place of warehouse.db. Its password belongs into the configuration.")
  private Optional<String> jdbcUrl = Optional.empty();

  @Option(names = "--full", description = "Read everything, not only what was changed.")
  private boolean full;

  @Option(
      names = "--delete-missing",
      description = "Mark rows that a full reading does not see as deleted.")
  private boolean deleteMissing;

  @Option(names = "--json", description = "Print the end as one JSON object.")
  private boolean json;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this.")
  private boolean help;

  private final Patience patience;

  SyncCommand(Patience patience) {
    this.patience = patience;
  }

  @Override
  public Integer call() throws InterruptedException {
    Report report = new Report(spec.commandLine().getOut(), spec.commandLine().getErr(), json);
    try {
      ConnectorConfig read = withDatabase(ConfigurationFile.read(config, route.isPresent()));
      if (ConfigurationFile.isOpenToOthers(config)) {
        report.note(config + " has secrets, and others may read it: chmod 600");
      }
      try (Tunnel tunnel = tunnel(read)) {
        return run(read, tunnel, report);
      }
    } catch (ConfigurationException e) {
      e.problems().forEach(problem -> report.note("configuration: " + problem));
    } catch (ConfigException | IllegalArgumentException e) {
      report.note("configuration: " + e.getMessage());
    } catch (IOException e) {
      report.note("configuration: cannot write to %s: %s".formatted(directory, e));
    }
    return MISCONFIGURED;
  }

  private int run(ConnectorConfig read, Tunnel tunnel, Report report) throws InterruptedException {
    Connector connector =
        new Connector(
            read, new Connector.Options(directory, full, deleteMissing, patience, report::note));
    String circuit = route.orElseGet(() -> read.server().orElseThrow().toString());
    try {
      connector.run(circuit, tunnel);
      report.end(connector.counts(), Optional.empty());
      return 0;
    } catch (SyncException e) {
      report.end(connector.counts(), Optional.of(e));
      return FAILED;
    }
  }

  private Tunnel tunnel(ConnectorConfig read) throws IOException {
    if (route.isPresent()) {
      return Tunnels.by(posternConfig, route.get(), read.target());
    }
    return Tunnels.to(read.server().orElseThrow(), read.target().orElseThrow(), directory);
  }

  private ConnectorConfig withDatabase(ConnectorConfig read) {
    if (jdbcUrl.isEmpty()) {
      return read;
    }
    return new ConnectorConfig(
        read.server(),
        read.target(),
        read.access(),
        read.job(),
        Optional.of(
            new Database(
                jdbcUrl.get(),
                read.database().flatMap(Database::user),
                read.database().flatMap(Database::password))));
  }
}
