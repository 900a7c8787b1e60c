package dev.postern.cli.copy;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import dev.postern.circuit.Circuit;
import dev.postern.circuit.CircuitException;
import dev.postern.circuit.TrailEntry;
import dev.postern.cli.surroundings.AtExit;
import dev.postern.cli.surroundings.Routes;
import dev.postern.cli.surroundings.Surroundings;
import dev.postern.cli.target.AdHocOptions;
import dev.postern.cli.target.Target;
import dev.postern.sftp.Sftp;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;

/** The circuits of a copy, one for each destination, and SFTP on them. */
final class CopyEnds implements AutoCloseable {
  /** Ctrl-C ends within a second. */
  private static final int CLOSING_MILLIS = 700;

  private final Surroundings surroundings;
  private final Routes routes;
  private final AdHocOptions options;
  private final Optional<?> configuration;
  private final Map<String, Circuit> circuits = new LinkedHashMap<>();
  private final Map<String, Sftp> sessions = new LinkedHashMap<>();
  private final AtExit closing = AtExit.run("postern-close", this::closeAll);

  CopyEnds(
      Surroundings surroundings, Routes routes, AdHocOptions options, Optional<?> configuration) {
    this.surroundings = surroundings;
    this.routes = routes;
    this.options = options;
    this.configuration = configuration;
  }

  void open(List<CopyPlace> places) throws CircuitException, InterruptedException {
    List<String> destinations =
        places.stream()
            .filter(place -> !place.isLocal())
            .map(CopyPlace::destination)
            .distinct()
            .toList();
    boolean allAreRoutes = destinations.stream().allMatch(routes.names()::contains);
    for (String destination : destinations) {
      // The letters are for what is no route; alone with routes, they are a mistake.
      boolean isRoute = routes.names().contains(destination) && !allAreRoutes;
      Target target =
          Target.of(
              destination,
              isRoute ? new AdHocOptions() : options,
              routes,
              surroundings,
              configuration);
      Circuit circuit = target.openToRun(routes);
      synchronized (circuits) {
        circuits.put(destination, circuit);
      }
      sessions.put(destination, circuit.sftp());
    }
  }

  Sftp at(CopyPlace place) {
    return Objects.requireNonNull(sessions.get(place.destination()), "it was not opened");
  }

  List<TrailEntry> trail() {
    return circuits.values().stream()
        .flatMap(circuit -> circuit.trail().entries().stream())
        .toList();
  }

  @Override
  public void close() {
    closeAll();
    closing.forget();
  }

  private void closeAll() {
    List<CompletableFuture<Void>> all;
    synchronized (circuits) {
      all =
          circuits.values().stream()
              .map(circuit -> circuit.closeAsync().toCompletableFuture())
              .toList();
    }
    try {
      CompletableFuture.allOf(all.toArray(CompletableFuture<?>[]::new))
          .get(CLOSING_MILLIS, MILLISECONDS);
    } catch (ExecutionException | TimeoutException e) {
      // The process ends; its sockets do too.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
