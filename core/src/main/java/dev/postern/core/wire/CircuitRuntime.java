package dev.postern.core.wire;

import com.google.inject.Guice;
import com.google.inject.Injector;
import com.google.inject.Stage;
import dev.postern.api.hop.HopInfo;
import dev.postern.api.hop.PluginContext;
import dev.postern.circuit.Circuit;
import dev.postern.core.circuit.CircuitOpener;
import dev.postern.core.circuit.HopConnector;
import dev.postern.core.config.RoutePlan;
import dev.postern.core.event.Events;
import dev.postern.core.forward.SocketLoop;
import dev.postern.event.CircuitListener;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.function.Consumer;

/**
 * What runs behind a {@code Postern} that opens circuits: threads, the SSH client, the pool of
 * hops.
 */
public final class CircuitRuntime implements AutoCloseable {
  private final CircuitOpener opener;
  private final HopConnector connector;
  private final ExecutorService blocking;
  private final SocketLoop sockets;

  private CircuitRuntime(
      CircuitOpener opener, HopConnector connector, ExecutorService blocking, SocketLoop sockets) {
    this.opener = opener;
    this.connector = connector;
    this.blocking = blocking;
    this.sockets = sockets;
  }

  /** Wires and starts it. */
  public static CircuitRuntime start(
      PluginContext services, Consumer<HopInfo> hopBegun, List<CircuitListener> listeners) {
    CircuitListener events = Events.to(listeners);
    Injector injector =
        Guice.createInjector(Stage.PRODUCTION, new CoreModule(services, hopBegun, events));
    return new CircuitRuntime(
        injector.getInstance(CircuitOpener.class),
        injector.getInstance(HopConnector.class),
        injector.getInstance(ExecutorService.class),
        injector.getInstance(SocketLoop.class));
  }

  /** Begins to open a route. */
  public CompletableFuture<Circuit> open(RoutePlan plan) {
    return opener.open(plan);
  }

  /** What opens circuits. */
  public CircuitOpener opener() {
    return opener;
  }

  /** Closes every circuit, the client and the threads. */
  @Override
  public void close() {
    opener.close();
    connector.close();
    sockets.close();
    blocking.shutdownNow();
  }
}
