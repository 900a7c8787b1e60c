package dev.postern.core.sshd;

import static java.util.concurrent.TimeUnit.SECONDS;

import dev.postern.api.hop.Endpoint;
import dev.postern.api.hop.HopInfo;
import dev.postern.api.transport.Link;
import dev.postern.core.auth.AuthEngine;
import dev.postern.core.circuit.Ahead;
import dev.postern.core.circuit.HopConnector;
import dev.postern.core.circuit.HopSession;
import dev.postern.core.forward.SocketLoop;
import dev.postern.core.hop.HopFailure;
import dev.postern.core.hop.HopPolicy;
import dev.postern.core.hop.HostKeyAlgorithms;
import dev.postern.core.hop.Keepalive;
import dev.postern.core.hop.Proposal;
import dev.postern.core.hop.StrictHostKeys;
import dev.postern.core.hostkey.HostKeyVerifier;
import dev.postern.core.hostkey.ServerKey;
import dev.postern.core.memory.HostMemory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** A connector, and what it takes to use one. */
final class Rig implements AutoCloseable {
  final List<String> trail = new CopyOnWriteArrayList<>();
  final ExecutorService blocking;
  final SocketLoop loop = new SocketLoop();
  final SshdConnector connector;

  Duration connectTimeout = Duration.ofSeconds(10);
  Duration authTimeout = Duration.ofSeconds(10);
  Keepalive keepalive = new Keepalive(Duration.ZERO, 3);
  HostKeyVerifier hostKeys = new Trusting();
  HostMemory memory = HostMemory.NONE;
  Ahead ahead = new Ahead.Nothing();
  Proposal proposal = Proposal.USUAL;

  private final AtomicInteger threads = new AtomicInteger();

  Rig() {
    blocking =
        Executors.newCachedThreadPool(
            task -> {
              Thread thread = new Thread(task, "rig-blocking-" + threads.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            });
    connector = new SshdConnector(blocking, loop);
  }

  void offerOnly(String kex) {
    Proposal usual = Proposal.USUAL;
    proposal =
        new Proposal(
            List.of(kex),
            usual.ciphers(),
            usual.macs(),
            usual.hostKeyAlgorithms(),
            usual.window(),
            false);
  }

  static Endpoint local(int port) {
    return new Endpoint("127.0.0.1", port);
  }

  static HopInfo info(int index, int count, Endpoint endpoint) {
    return new HopInfo(index, count, "alice", endpoint);
  }

  CompletableFuture<HopSession> connect(HopInfo info, Link link, AuthEngine engine) {
    return connector.connect(
        new HopConnector.Attempt(
            info, link, policy(), hostKeys, engine, new TestTrail(info, trail), memory, ahead));
  }

  HopPolicy policy() {
    return new HopPolicy(
        List.of(),
        List.of(),
        StrictHostKeys.YES,
        Optional.empty(),
        connectTimeout,
        authTimeout,
        keepalive,
        6,
        false,
        true,
        proposal);
  }

  /** Proposes these key exchanges and no post-quantum ones, whatever is usual. */
  void proposeCurves() {
    Proposal usual = Proposal.USUAL;
    proposal =
        new Proposal(
            List.of("curve25519-sha256", "curve25519-sha256@libssh.org", "ecdh-sha2-nistp256"),
            usual.ciphers(),
            usual.macs(),
            usual.hostKeyAlgorithms(),
            usual.window(),
            false);
  }

  CompletableFuture<HopSession> dial(int port, AuthEngine engine) {
    Endpoint endpoint = local(port);
    return connect(info(1, 1, endpoint), Link.dial(endpoint), engine);
  }

  HopSession open(int port) {
    return done(dial(port, ScriptedEngine.password(TestServer.PASSWORD)));
  }

  /** A chain through these ports, in order. */
  List<HopSession> chain(int... ports) {
    List<HopSession> hops = new ArrayList<>();
    for (int port : ports) {
      Endpoint endpoint = local(port);
      Link link = hops.isEmpty() ? Link.dial(endpoint) : hops.get(hops.size() - 1).link(endpoint);
      HopInfo info = info(hops.size() + 1, ports.length, endpoint);
      hops.add(done(connect(info, link, ScriptedEngine.password(TestServer.PASSWORD))));
    }
    return hops;
  }

  static <T> T done(CompletableFuture<T> future) {
    try {
      return future.get(20, SECONDS);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  /** How it failed, or an error if it did not. */
  static HopFailure failure(CompletableFuture<?> future) {
    try {
      future.get(20, SECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof HopFailure failure) {
        return failure;
      }
      throw new AssertionError(e);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
    throw new AssertionError("did not fail");
  }

  @Override
  public void close() {
    connector.close();
    loop.close();
    blocking.shutdownNow();
  }

  /** As if all of them were known of the host. */
  static List<String> all(HostKeyAlgorithms offered) {
    return Stream.of(offered.always(), offered.ifKnown()).flatMap(List::stream).toList();
  }

  /** Trusts every key. */
  static final class Trusting implements HostKeyVerifier {
    @Override
    public String verify(ServerKey key) {
      return key.type() + " trusted";
    }

    @Override
    public List<String> order(HostKeyAlgorithms offered) {
      return all(offered);
    }
  }
}
