package dev.postern.core.wire;

import com.google.inject.Guice;
import com.google.inject.Injector;
import com.google.inject.Stage;
import dev.postern.api.hop.HopInfo;
import dev.postern.api.hop.PluginContext;
import dev.postern.circuit.Forward;
import dev.postern.circuit.Supervision;
import dev.postern.circuit.SupervisionEvent;
import dev.postern.core.circuit.CarryingCircuit;
import dev.postern.core.circuit.CircuitOpener;
import dev.postern.core.circuit.ForwardEvents;
import dev.postern.core.circuit.HopConnector;
import dev.postern.core.config.RoutePlan;
import dev.postern.core.event.Events;
import dev.postern.core.forward.Exit;
import dev.postern.core.forward.Listeners;
import dev.postern.core.forward.SocketLoop;
import dev.postern.core.memory.Memories;
import dev.postern.core.sshd.WarmUp;
import dev.postern.core.supervision.Line;
import dev.postern.core.supervision.Lines;
import dev.postern.core.supervision.Reconnections;
import dev.postern.core.supervision.SharedTimer;
import dev.postern.core.supervision.Supervisor;
import dev.postern.event.CircuitListener;
import dev.postern.route.ForwardSpec;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadLocalRandom;
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
  private final Listeners listeners;
  private final CircuitListener events;
  private final Memories memories;
  private final Set<Supervisor> supervisors = ConcurrentHashMap.newKeySet();

  private CircuitRuntime(
      CircuitOpener opener,
      HopConnector connector,
      ExecutorService blocking,
      SocketLoop sockets,
      Listeners listeners,
      CircuitListener events,
      Memories memories) {
    this.memories = memories;
    this.opener = opener;
    this.connector = connector;
    this.blocking = blocking;
    this.sockets = sockets;
    this.listeners = listeners;
    this.events = events;
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
        injector.getInstance(SocketLoop.class),
        injector.getInstance(Listeners.class),
        events,
        injector.getInstance(Memories.class));
  }

  /** Loads, on the calling thread, what the first circuit of the process would wait for. */
  public static void warmUp() {
    try {
      start(new NoServices(), hop -> {}, List.of()).close();
      WarmUp.ssh();
    } catch (RuntimeException | LinkageError e) {
      // Whoever opens a circuit is told.
    }
  }

  /** What opens circuits. */
  public CircuitOpener opener() {
    return opener;
  }

  /** Begins to keep a route open. */
  public Supervision supervise(RoutePlan plan, Consumer<SupervisionEvent> listener) {
    RoutePlan bare = plan.withoutForwards();
    Lines lines =
        new Lines() {
          @Override
          public CompletableFuture<Line> open() {
            return line(opener.openCarrying(bare));
          }

          @Override
          public CompletableFuture<Forward> listen(
              ForwardSpec spec, Exit exit, Consumer<String> record) {
            return listeners.listen(
                spec, exit, new ForwardEvents(events, plan.name(), spec, record));
          }
        };
    Supervisor supervisor =
        new Supervisor(
            plan,
            lines,
            new SharedTimer(blocking),
            () -> ThreadLocalRandom.current().nextDouble(),
            new Reconnections(plan.name(), events, listener));
    supervisors.add(supervisor);
    supervisor.ended().whenComplete((reason, failure) -> supervisors.remove(supervisor));
    supervisor.start();
    return supervisor;
  }

  private static CompletableFuture<Line> line(CompletableFuture<CarryingCircuit> opening) {
    CompletableFuture<Line> line = new CompletableFuture<>();
    opening.whenComplete(
        (circuit, failure) -> {
          if (circuit == null) {
            line.completeExceptionally(failure);
          } else if (!line.complete(Line.of(circuit))) {
            circuit.close();
          }
        });
    line.whenComplete(
        (circuit, failure) -> {
          if (line.isCancelled()) {
            opening.cancel(true);
          }
        });
    return line;
  }

  /** Closes every circuit, the client and the threads. */
  @Override
  public void close() {
    List<CompletableFuture<Void>> closing =
        supervisors.stream().map(Supervisor::closeAsync).toList();
    closing.forEach(CompletableFuture::join);
    opener.close();
    connector.close();
    sockets.close();
    memories.close();
    blocking.shutdownNow();
  }
}
