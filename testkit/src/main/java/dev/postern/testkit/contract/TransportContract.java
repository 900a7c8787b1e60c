package dev.postern.testkit.contract;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.postern.Postern;
import dev.postern.api.config.MisconfiguredException;
import dev.postern.api.hop.Endpoint;
import dev.postern.api.hop.HopContext;
import dev.postern.api.hop.HopInfo;
import dev.postern.api.transport.Transport;
import dev.postern.api.transport.TransportProvider;
import dev.postern.circuit.CircuitException;
import dev.postern.circuit.Phase;
import dev.postern.circuit.RemoteProcess;
import dev.postern.testkit.FakeHopContext;
import dev.postern.testkit.FakeTime;
import dev.postern.testkit.server.EmbeddedServer;
import dev.postern.testkit.server.ServerScript;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apiguardian.api.API;
import org.junit.jupiter.api.Test;

/**
 * What every transport keeps to. A test of yours extends it, and supplies the provider and its
 * settings; servers of the testkit stand at the far end.
 */
@API(status = API.Status.EXPERIMENTAL, since = "1.0")
public abstract non-sealed class TransportContract extends ProviderContract<TransportProvider<?>> {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /** For a test of yours. */
  protected TransportContract() {}

  /** Whether it can reach the first hop of a route. */
  protected boolean standsFirst() {
    return true;
  }

  /** Whether it can reach a hop through the one before. */
  protected boolean standsBehindAHop() {
    return true;
  }

  @Override
  final Class<?> extensionPoint() {
    return TransportProvider.class;
  }

  @Override
  final String type(TransportProvider<?> provider) {
    return provider.type();
  }

  @Override
  final Class<? extends Record> configType(TransportProvider<?> provider) {
    return provider.configType();
  }

  @Override
  final Object bind(Binding binding, String settings) {
    return binding.transport(provider().type(), settings, standsFirst());
  }

  /** The first of two hops, or the second. */
  @Override
  final FakeHopContext context() {
    return contextOf(standsFirst() ? 1 : 2);
  }

  private FakeHopContext contextOf(int index) {
    return new FakeHopContext(
        new HopInfo(index, 2, "alice", new Endpoint("bastion", 22)), person(), environment());
  }

  private Record config() {
    return (Record) bind(binding(context()), settings());
  }

  private Transport create(Record config, HopContext hop) {
    return create(provider(), config, hop);
  }

  @SuppressWarnings("unchecked")
  private static Transport create(TransportProvider<?> provider, Record config, HopContext hop) {
    Transport transport = ((TransportProvider<Record>) provider).create(config, hop);
    assertThat(transport).as("create must return a transport, not null").isNotNull();
    return transport;
  }

  /** A transport is closed with its hop; one that holds nothing may serve several. */
  @Test
  public final void everyOpeningGetsATransportOfItsOwn() throws Exception {
    Record config = config();
    FakeHopContext hop = context();
    TransportProvider<?> provider = provider();
    try (Transport one = create(provider, config, hop);
        Transport other = create(provider, config, hop)) {
      if (one.getClass().getMethod("close").getDeclaringClass() != Transport.class) {
        assertThat(one).as("create must make a new transport each time").isNotSameAs(other);
      }
    }
  }

  /** Reaching out is for {@code open}, which runs off the I/O threads and can be cancelled. */
  @Test
  public final void createDoesNoInputOrOutput() {
    SeenSecrets seen = new SeenSecrets();
    Record config = new SwappedSecrets(seen::watched).in(config());
    FakeHopContext hop = context();
    List<Transport> made = new ArrayList<>();
    create(config, hop);
    assertThat(inputAndOutput(() -> made.add(create(config, hop))))
        .as("create must do no I/O; leave it to open")
        .isEmpty();
    assertThat(seen.reads()).as("create must read no secret; leave it to open").isZero();
    assertThat(hop.time().waits()).as("create must wait for nothing").isEmpty();
    assertThat(Calls.heard(hop)).as("create must ask nobody").isEmpty();
  }

  /** What is printed ends in logs. */
  @Test
  public final void showsNoSecret() {
    Record config = config();
    Transport transport = create(config, context());
    Showing.nothingOf(secrets(), "the record's toString", config.toString());
    Showing.nothingOf(secrets(), "the transport's toString", transport.toString());
  }

  /** A hop that was never reached is closed as well. */
  @Test
  public final void closesUnused() throws Exception {
    create(config(), context()).close();
  }

  /** Through core, with a command at the far end. */
  @Test
  public final void reachesTheFirstHop() throws Exception {
    assumeTrue(standsFirst(), "the transport stands behind a hop only");
    try (EmbeddedServer server = target().start()) {
      RouteFile route = new RouteFile(folder(), server).hop(server.endpoint(), transport());
      expectAnAnswer(route);
    }
  }

  /** The same behind another hop. */
  @Test
  public final void reachesAHopBehindAnother() throws Exception {
    assumeTrue(standsBehindAHop(), "the transport stands first only");
    try (EmbeddedServer first = EmbeddedServer.builder("alice").openDoor().start();
        EmbeddedServer server = target().start()) {
      RouteFile route =
          new RouteFile(folder(), first, server)
              .hop(first.endpoint(), "auth = []")
              .hop(server.endpoint(), transport());
      expectAnAnswer(route);
    }
  }

  /** A route that cannot work says so, and is not tried in another way. */
  @Test
  public final void refusesThePlaceWhereItCannotStand() throws Exception {
    assumeTrue(!standsFirst(), "the transport can stand first");
    Record config = config();
    assertThatThrownBy(
            () -> {
              try (Transport transport = create(config, contextOf(1))) {
                transport.open(new Endpoint("localhost", 22), null);
              }
            })
        .as(
            "for the first hop, create or open must throw MisconfiguredException and say what to do")
        .isInstanceOf(MisconfiguredException.class)
        .hasMessageContaining(provider().type());
  }

  /** Who stands before a dead port is told so. */
  @Test
  public final void anEndpointThatNobodyListensAtFailsInItsPhase() throws Exception {
    Endpoint dead = deadEndpoint();
    try (EmbeddedServer first = EmbeddedServer.builder("alice").openDoor().start()) {
      RouteFile route = route(first, dead);
      assertTimeoutPreemptively(
          PATIENCE,
          () ->
              assertThatThrownBy(() -> route.open(person(), environment(), time()).close())
                  .as("a dead endpoint must fail as connecting, with an IOException of open")
                  .isInstanceOfSatisfying(
                      CircuitException.class,
                      failure -> assertThat(failure.phase()).isEqualTo(Phase.CONNECT)));
    }
  }

  /** A cancelled opening leaves nothing behind, and keeps nobody waiting. */
  @Test
  public final void anOpeningCanBeCancelled() throws Exception {
    try (EmbeddedServer first = EmbeddedServer.builder("alice").openDoor().start();
        ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      RouteFile route = route(first, new Endpoint("127.0.0.1", silent.getLocalPort()));
      assertTimeoutPreemptively(
          PATIENCE,
          () -> {
            try (Postern postern = route.postern(person(), environment(), time())) {
              CompletableFuture<?> opening = postern.openAsync("contract");
              try (var reached = silent.accept()) {
                opening.cancel(true);
                drain(reached.getInputStream());
              }
            }
          });
    }
  }

  /** Returns when the other end has closed. */
  private static void drain(java.io.InputStream input) throws IOException {
    try {
      input.readAllBytes();
    } catch (IOException e) {
      // A reset is an end too.
    }
  }

  private RouteFile route(EmbeddedServer first, Endpoint last) throws IOException {
    RouteFile route = new RouteFile(folder(), first);
    if (!standsFirst()) {
      route.hop(first.endpoint(), "auth = []");
    }
    return route.hop(last, transport());
  }

  private static Endpoint deadEndpoint() throws IOException {
    try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return new Endpoint("127.0.0.1", closed.getLocalPort());
    }
  }

  private String transport() {
    return "auth = [], transport = " + Binding.object(provider().type(), settings());
  }

  private static FakeTime time() {
    return new FakeTime(Instant.now());
  }

  private static ServerScript target() {
    return EmbeddedServer.builder("alice")
        .openDoor()
        .command(
            (line, input, output, error) -> {
              output.write(line.getBytes(UTF_8));
              return 0;
            });
  }

  private void expectAnAnswer(RouteFile route) throws Exception {
    try (RouteFile.Opened opened = route.open(person(), environment(), time());
        RemoteProcess process = opened.circuit().exec("are you there?")) {
      assertThat(new String(process.output().readAllBytes(), UTF_8)).isEqualTo("are you there?");
    }
  }
}
