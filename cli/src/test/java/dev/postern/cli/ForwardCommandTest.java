package dev.postern.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.postern.api.hop.Endpoint;
import dev.postern.circuit.CircuitException;
import dev.postern.circuit.ForwardState;
import dev.postern.circuit.Phase;
import dev.postern.circuit.SupervisionEvent;
import dev.postern.problem.Code;
import dev.postern.route.Explanation;
import dev.postern.route.ForwardAddress;
import dev.postern.route.ForwardSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ForwardCommandTest {
  private final Rig rig = new Rig();

  private CompletableFuture<Integer> start(String... arguments) {
    return CompletableFuture.supplyAsync(() -> rig.run(arguments));
  }

  @ParameterizedTest
  @ValueSource(strings = {"INT", "TERM", "HUP"})
  void holdsTheRoutesForwardsUntilASignal(String signal) {
    rig.circuit.listens("127.0.0.1:15432", "localhost:5432", 15432);
    rig.settings.add(new Explanation.Setting("forwards[0].local", "127.0.0.1:15432", "f:1"));
    CompletableFuture<Integer> running = start("forward", "db");
    await().until(() -> rig.error().contains("\n"));
    assertThat(rig.error()).isEqualTo("Listening on 127.0.0.1:15432 -> localhost:5432\n");
    assertThat(running).isNotDone();
    rig.signals.get(signal).run();
    assertThat(running.join()).isZero();
    assertThat(rig.circuit.closedByUs).isTrue();
    assertThat(rig.withForwards).containsExactly(true);
  }

  @Test
  void addsForwardsOfTheCommandLine() {
    CompletableFuture<Integer> running =
        start("forward", "-N", "-L", "8080:web:80", "-L", "[::1]:9090:[fd00::1]:90", "db");
    await().until(() -> rig.error().lines().count() == 2);
    assertThat(rig.error())
        .isEqualTo(
            "Listening on 127.0.0.1:8080 -> web:80\nListening on [::1]:9090 -> [fd00::1]:90\n");
    rig.signals.get("INT").run();
    assertThat(running.join()).isZero();
  }

  @Test
  void reportsInJsonOnStandardOutput() {
    CompletableFuture<Integer> running = start("forward", "--json", "-L", "8080:web:80", "db");
    await().until(() -> rig.output().contains("\n"));
    assertThat(rig.output())
        .isEqualTo(
            "{\"forwards\":[{\"local\":\"127.0.0.1:8080\",\"remote\":\"web:80\",\"type\":\"local\"}],\"ok\":true}\n");
    rig.signals.get("INT").run();
    assertThat(running.join()).isZero();
    assertThat(rig.error()).isEmpty();
  }

  @Test
  void aCircuitThatDiesIsAFailure() {
    rig.circuit.closed.complete(
        Optional.of(
            new CircuitException(
                Code.LINK_LOST, Phase.CHANNEL, FakeCircuit.HOP, "lost", FakeCircuit.TRAIL, null)));
    assertThat(rig.run("forward", "-q", "-L", "8080:web:80", "db")).isEqualTo(255);
    assertThat(rig.error())
        .isEqualTo("postern: hop 1/1 app@db.internal channel: lost [PST-T009]\n");
  }

  @Test
  void tellsWhenTheRouteIsLostAndUpAgain() {
    CompletableFuture<Integer> running = start("forward", "-N", "db");
    await().until(() -> rig.signals.containsKey("INT"));
    CircuitException lost =
        new CircuitException(
            Code.LINK_LOST, Phase.CHANNEL, FakeCircuit.HOP, "lost", FakeCircuit.TRAIL, null);
    rig.events.accept(event(10, ForwardState.RECONNECTING, lost, 1, 1_500));
    rig.events.accept(event(12, ForwardState.RECONNECTING, lost, 2, 2_000));
    rig.events.accept(event(73, ForwardState.UP, null, 2, 0));
    assertThat(rig.error())
        .isEqualTo(
            """
            Lost db: hop 1/1 app@db.internal channel: lost [PST-T009]; again in 1.5 s (attempt 1)
            Still without db: hop 1/1 app@db.internal channel: lost [PST-T009]; again in 2.0 s (attempt 2)
            Up again after 63 s
            """);
    rig.signals.get("INT").run();
    assertThat(running.join()).isZero();
  }

  @Test
  void tellsWhenTheFarEndRefusesAForwardAndWhenItListensAtLast() {
    CompletableFuture<Integer> running = start("forward", "-N", "db");
    await().until(() -> rig.signals.containsKey("INT"));
    rig.events.accept(farEnd(Optional.of(denied())));
    rig.events.accept(farEnd(Optional.empty()));
    assertThat(rig.error())
        .isEqualTo(
            """
            Still without remote localhost:4711 -> web:80: hop 1/1 app@db.internal channel: taken [PST-F004]; asked again until it is there
            Up again: remote localhost:4711 -> web:80
            """);
    rig.signals.get("INT").run();
    assertThat(running.join()).isZero();
  }

  @Test
  void tellsOfTheFarEndInJsonToo() {
    CompletableFuture<Integer> running = start("forward", "--json", "-N", "db");
    await().until(() -> rig.signals.containsKey("INT"));
    rig.events.accept(farEnd(Optional.of(denied())));
    rig.events.accept(farEnd(Optional.empty()));
    assertThat(rig.output())
        .contains(
            "{\"attempt\":1,\"code\":\"PST-F004\",\"event\":\"forward-refused\",\"forward\":\"remote localhost:4711 -> web:80\",\"message\":\"hop 1/1 app@db.internal channel: taken [PST-F004]\",\"route\":\"db\",\"when\":\"1970-01-01T00:00:10Z\"}\n",
            "{\"attempt\":1,\"event\":\"forward-up\",\"forward\":\"remote localhost:4711 -> web:80\",\"route\":\"db\",\"when\":\"1970-01-01T00:00:10Z\"}\n");
    rig.signals.get("INT").run();
    assertThat(running.join()).isZero();
  }

  private static CircuitException denied() {
    return new CircuitException(
        Code.FORWARD_DENIED, Phase.CHANNEL, FakeCircuit.HOP, "taken", FakeCircuit.TRAIL, null);
  }

  private static SupervisionEvent farEnd(Optional<CircuitException> failure) {
    return new SupervisionEvent(
        Instant.ofEpochSecond(10),
        ForwardState.UP,
        failure,
        1,
        Optional.empty(),
        Optional.of(
            ForwardSpec.remote(ForwardAddress.of("localhost:4711"), ForwardAddress.of("web:80"))));
  }

  private static SupervisionEvent event(
      int second, ForwardState state, CircuitException failure, int attempt, int waitMillis) {
    return new SupervisionEvent(
        Instant.ofEpochSecond(second),
        state,
        Optional.ofNullable(failure),
        attempt,
        Optional.of(Duration.ofMillis(waitMillis)),
        Optional.empty());
  }

  @Test
  void withoutReconnectingItOpensACircuitAsItIs() {
    rig.circuit.closed.complete(
        Optional.of(
            new CircuitException(
                Code.LINK_LOST, Phase.CHANNEL, FakeCircuit.HOP, "lost", FakeCircuit.TRAIL, null)));
    assertThat(rig.run("forward", "-q", "-N", "--no-reconnect", "db")).isEqualTo(255);
    assertThat(rig.error())
        .isEqualTo("postern: hop 1/1 app@db.internal channel: lost [PST-T009]\n");
  }

  @Test
  void aRouteWithoutForwardsIsNotOpened() {
    assertThat(rig.run("forward", "db")).isEqualTo(255);
    assertThat(rig.error())
        .isEqualTo(
            "postern: command line: the route has no forwards; add some with -L 15432:localhost:5432, or hold it open without any by -N [PST-F002]\n");
    assertThat(rig.opened).isEmpty();
  }

  @Test
  void unlessThatIsWanted() {
    CompletableFuture<Integer> running = start("forward", "-N", "db");
    await().until(() -> rig.signals.containsKey("INT"));
    rig.signals.get("INT").run();
    assertThat(running.join()).isZero();
  }

  @Test
  void tellsWhereEachKindListens() {
    CompletableFuture<Integer> running =
        start("forward", "-L", "8080:web:80", "-R", "9090:web:80", "-D", "1080", "-R", "0", "db");
    await().until(() -> rig.error().lines().count() == 4);
    assertThat(rig.error())
        .contains("Listening on 127.0.0.1:8080 -> web:80\n")
        .contains("Listening at the far end on localhost:9090 -> web:80\n")
        .contains("Allocated port 0 for remote forward to SOCKS\n")
        .contains("Listening on 127.0.0.1:1080 -> SOCKS\n");
    rig.signals.get("INT").run();
    assertThat(running.join()).isZero();
  }

  @Test
  void warnsWhereOthersMayConnect() {
    rig.circuit.listens("*:0", "db:5432", 41_000);
    CompletableFuture<Integer> running =
        start("forward", "-L", "*:8080:web:80", "-o", "GatewayPorts=yes", "-D", "1080", "db");
    await().until(() -> rig.error().lines().count() == 6);
    assertThat(rig.error())
        .contains(
            "postern: warning: whoever reaches this machine on *:41000 is at db:5432; listen on 127.0.0.1 to keep it to yourself\n")
        .contains(
            "postern: warning: whoever reaches this machine on *:8080 is at web:80; listen on 127.0.0.1 to keep it to yourself\n")
        .contains(
            "postern: warning: whoever reaches this machine on *:1080 may go anywhere through it, without signing in; listen on 127.0.0.1 to keep it to yourself\n");
    rig.signals.get("INT").run();
    assertThat(running.join()).isZero();
  }

  @Test
  void optionsAboutForwardsMayStandBesideARoute() {
    CompletableFuture<Integer> running =
        start(
            "forward",
            "-o",
            "LocalForward=8080 web:80",
            "-o",
            "StreamLocalBindUnlink=yes",
            "-o",
            "ExitOnForwardFailure=yes",
            "db");
    await().until(() -> rig.error().contains("\n"));
    assertThat(rig.circuit.forwards.get(0).spec())
        .isEqualTo(ForwardSpec.of("8080", "web:80").withUnlink(true));
    rig.signals.get("INT").run();
    assertThat(running.join()).isZero();
  }

  @Test
  void execOpensForwardsToo() {
    rig.circuit.process.exits(0);
    assertThat(rig.run("exec", "-L", "8080:web:80", "db", "--", "true")).isZero();
    assertThat(rig.circuit.forwards).hasSize(1);
    assertThat(rig.withForwards).containsExactly(false);
  }

  @Test
  void standardInputAndOutputAreTheConnectionAndNothingElse() {
    rig.circuit.listens("127.0.0.1:15432", "localhost:5432", 15432);
    FakeStream stream = new FakeStream("reply");
    rig.circuit.stream = stream;
    assertThat(rig.reads("asked").run("forward", "-W", "db.internal:22", "db")).isZero();
    assertThat(rig.output()).isEqualTo("reply");
    assertThat(stream.said()).isEqualTo("asked");
    assertThat(rig.error()).isEmpty();
    assertThat(rig.circuit.endpoints).containsExactly(new Endpoint("db.internal", 22));
    assertThat(rig.withForwards).containsExactly(false);
  }

  @Test
  void standardInputAndOutputMayBeASocketAtTheFarEnd() {
    rig.circuit.stream = new FakeStream("");
    assertThat(rig.run("forward", "-W", "/run/db.sock", "db")).isZero();
    assertThat(rig.circuit.unixPaths).containsExactly("/run/db.sock");
  }

  @Test
  void aTargetThatIsNoneIsRefusedBeforeAnythingIsOpened() {
    assertThat(rig.run("forward", "-W", "db", "db")).isEqualTo(255);
    assertThat(rig.error())
        .isEqualTo("postern: command line: -W db: write it like db.internal:5432 [PST-F002]\n");
    assertThat(rig.opened).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "8080",
        "8080:web",
        "web:80",
        "x:web:80",
        "8080:web:http",
        "70000:web:80",
        "8080::80"
      })
  void whatCannotBeOneIsRefused(String text) {
    assertThat(rig.run("forward", "-L", text, "db")).isEqualTo(255);
    assertThat(rig.error()).startsWith("postern: command line: -L " + text).contains("[PST-F002]");
    assertThat(rig.opened).isEmpty();
  }

  @Test
  void beforeTheLastHopIsForStandardInputAndOutputAlone() {
    rig.circuit.stream = new FakeStream("");
    assertThat(rig.run("forward", "-W", "db:22", "--before-last", "db")).isZero();
    assertThat(rig.opened).containsExactly("before the last of db");
    assertThat(rig.run("forward", "-N", "--before-last", "db")).isEqualTo(2);
    assertThat(rig.error())
        .endsWith(
            "postern: command line: --before-last is for -W: nothing else is done at the hop before the last [PST-C009]\n");
  }
}
