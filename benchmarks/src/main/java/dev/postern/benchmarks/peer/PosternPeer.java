package dev.postern.benchmarks.peer;

import dev.postern.Postern;
import dev.postern.benchmarks.bed.Hop;
import dev.postern.circuit.Circuit;
import dev.postern.circuit.RemoteProcess;
import dev.postern.fleet.FleetListener;
import dev.postern.fleet.FleetOrder;
import dev.postern.fleet.FleetRun;
import dev.postern.fleet.FleetTarget;
import dev.postern.route.ForwardSpec;
import dev.postern.route.Route;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The library. */
final class PosternPeer implements Peer {
  private final Postern postern = Postern.builder().build();
  private final Path folder;
  private final List<Circuit> held = new ArrayList<>();
  private @Nullable Circuit forwarding;

  PosternPeer(Path folder) {
    this.folder = folder;
  }

  @Override
  public long firstByte(List<Hop> hops) throws Exception {
    Route route = route(hops);
    long begin = System.nanoTime();
    try (Circuit circuit = postern.open(route);
        RemoteProcess process = circuit.exec(COMMAND)) {
      expectByte(process.output().read());
      return System.nanoTime() - begin;
    }
  }

  @Override
  public int forward(List<Hop> hops, Hop target) throws Exception {
    Circuit circuit = postern.open(route(hops));
    forwarding = circuit;
    return circuit.forward(ForwardSpec.of("127.0.0.1:0", target.toString())).port();
  }

  @Override
  public void closeForward() {
    if (forwarding != null) {
      forwarding.close();
    }
  }

  @Override
  public int targets(Hop jump, List<Hop> targets, int parallel) throws Exception {
    List<FleetTarget> all = new ArrayList<>();
    for (Hop target : targets) {
      all.add(FleetTarget.of("t" + all.size(), route(List.of(jump, target))));
    }
    FleetOrder order = FleetOrder.of(all, COMMAND).parallel(parallel).build();
    try (FleetRun run = postern.run(order, new FleetListener() {})) {
      return run.await().succeeded();
    }
  }

  @Override
  public void hold(Hop jump, List<Hop> targets) throws Exception {
    for (Hop target : targets) {
      held.add(postern.open(route(List.of(jump, target))));
    }
  }

  private Route route(List<Hop> hops) {
    Route.Builder route = Route.named("benchmark");
    route.set("known-hosts", List.of(folder.resolve("known_hosts").toString()));
    Map<String, Object> key =
        Map.of("identities", List.of(folder.resolve("id").toString()), "agent", false);
    for (Hop hop : hops) {
      route.hop(hop.host(), details -> details.port(hop.port()).auth("publickey", key));
    }
    return route.build();
  }

  private static void expectByte(int value) {
    if (value != 'x') {
      throw new IllegalStateException("the command said " + value);
    }
  }
}
