package com.example.postern.connector;

import com.example.postern.connector.api.ApiClient;
import com.example.postern.connector.api.Patience;
import com.example.postern.connector.config.ConnectorConfig;
import com.example.postern.connector.config.ConnectorConfig.Database;
import com.example.postern.connector.config.Job;
import com.example.postern.connector.state.Checkpoint;
import com.example.postern.connector.state.RunLock;
import com.example.postern.connector.state.StateException;
import com.example.postern.connector.state.StateFile;
import com.example.postern.connector.sync.Counts;
import com.example.postern.connector.sync.Stage;
import com.example.postern.connector.sync.Sync;
import com.example.postern.connector.sync.SyncException;
import com.example.postern.connector.tunnel.Tunnel;
import com.example.postern.connector.warehouse.Warehouse;
import com.example.postern.connector.warehouse.WarehouseException;
import dev.postern.circuit.CircuitException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Consumer;

/** One run, from the lock to the last checkpoint. */
final class Connector {
  /**
   * How to run.
   *
   * @param directory where state and lock are, and the warehouse unless the configuration names one
   * @param full whether to read everything, as if there were no checkpoint
   * @param marksMissing whether rows that a full reading did not see are marked as deleted
   * @param patience how long to wait for the API
   * @param notes is told what a person might want to know
   */
  record Options(
      Path directory,
      boolean full,
      boolean marksMissing,
      Patience patience,
      Consumer<String> notes) {}

  private final ConnectorConfig config;
  private final Options options;
  private final Sync sync;

  Connector(ConnectorConfig config, Options options) {
    this.config = config;
    this.options = options;
    this.sync = new Sync(config.job(), options.marksMissing(), Clock.systemUTC());
  }

  /** What was done so far, also by a run that failed. */
  Counts counts() {
    return sync.counts();
  }

  /**
   * Runs.
   *
   * @param circuit names the way to the API: another way may lead to another API
   */
  void run(String circuit, Tunnel tunnel) throws SyncException, InterruptedException {
    String source = source(circuit);
    try (RunLock lock = RunLock.take(options.directory());
        Warehouse warehouse = Warehouse.open(place(), config.job(), source)) {
      StateFile state = StateFile.read(options.directory(), source);
      Checkpoint from = from(state, warehouse);
      tunnel.ensureOpen();
      try (ApiClient api =
          new ApiClient(tunnel, config.access(), options.patience(), options.notes())) {
        sync.run(from, api, warehouse, state);
      }
    } catch (StateException e) {
      throw new SyncException(Stage.STATE, e);
    } catch (WarehouseException e) {
      throw new SyncException(Stage.WAREHOUSE, e);
    } catch (CircuitException e) {
      throw new SyncException(Stage.SSH, e);
    }
  }

  private Database place() {
    return config
        .database()
        .orElseGet(
            () ->
                new Database(
                    "jdbc:duckdb:" + options.directory().resolve("warehouse.db"),
                    Optional.empty(),
                    Optional.empty()));
  }

  private String source(String circuit) {
    Job job = config.job();
    return "%s%s %s %s -> %s.%s"
        .formatted(
            circuit,
            config.target().map(target -> " " + target).orElse(""),
            job.endpoint(),
            job.shape(),
            job.schema(),
            job.table());
  }

  private Checkpoint from(StateFile state, Warehouse warehouse) throws StateException {
    Optional<Checkpoint> kept = state.checkpoint();
    if (kept.isEmpty() || options.full()) {
      return Checkpoint.none(warehouse.id());
    }
    Checkpoint checkpoint = kept.get();
    if (!checkpoint.warehouse().equals(warehouse.id())
        || checkpoint.sequence() > warehouse.sequence()) {
      options
          .notes()
          .accept("the checkpoint belongs to another warehouse: everything is read again");
      return Checkpoint.none(warehouse.id());
    }
    return checkpoint;
  }
}
