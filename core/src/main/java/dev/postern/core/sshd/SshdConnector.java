package dev.postern.core.sshd;

import static java.util.Objects.requireNonNull;
import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;

import dev.postern.api.transport.Link;
import dev.postern.circuit.Phase;
import dev.postern.core.circuit.HopConnector;
import dev.postern.core.circuit.HopSession;
import dev.postern.core.forward.SocketLoop;
import dev.postern.core.hop.HopFailure;
import dev.postern.core.text.Sanitiser;
import dev.postern.problem.Code;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.sshd.common.session.helpers.AbstractSession;
import org.jspecify.annotations.Nullable;

/**
 * Connects hops with one MINA client and a fixed handful of threads, however many sessions there
 * are.
 */
public final class SshdConnector implements HopConnector {
  /** Longer than a session's own grace. */
  private static final int CLOSE_SECONDS = 3;

  private final ExecutorService blocking;
  private final Processing processing = new Processing();
  private final AtomicLong ids = new AtomicLong();
  private final Dialer dialer;
  private final AtomicLong attempts = new AtomicLong();
  private final Map<Long, CompletableFuture<HopSession>> opening = new ConcurrentHashMap<>();
  private final Set<SshdHopSession> open = ConcurrentHashMap.newKeySet();
  private @Nullable SharedClient client;
  private volatile boolean closed;

  /**
   * The executor runs what may block, and the loop serves the sockets; whoever made them ends them,
   * after this.
   */
  public SshdConnector(ExecutorService blocking, SocketLoop loop) {
    this.blocking = requireNonNull(blocking, "blocking is null");
    this.dialer = new Dialer(loop, blocking, InetAddress::getAllByName);
  }

  @Override
  public CompletableFuture<HopSession> connect(Attempt attempt) {
    CompletableFuture<HopSession> result = new CompletableFuture<>();
    Long number = attempts.incrementAndGet();
    opening.put(number, result);
    result.whenComplete((hop, failure) -> opening.remove(number));
    ConnectAttempt connecting;
    try {
      if (closed) {
        throw closed();
      }
      connecting =
          new ConnectAttempt(attempt, HostKeyOrder.of(attempt), blocking, processing, this::open);
    } catch (HopFailure | RuntimeException e) {
      attempt.engine().close();
      if (attempt.link() instanceof Link.Stream stream) {
        new StreamCarrier(stream.channel(), address(attempt)).close();
      }
      result.completeExceptionally(e);
      return result;
    }
    open(attempt, connecting);
    connecting
        .result()
        .whenComplete(
            (session, failure) -> {
              if (session == null) {
                result.completeExceptionally(requireNonNull(failure));
                return;
              }
              SshdHopSession hop =
                  new SshdHopSession(session, connecting, attempt.info(), blocking);
              open.add(hop);
              hop.closed().whenComplete((reason, none) -> open.remove(hop));
              if (!result.complete(hop) || closed) {
                hop.close();
              }
            });
    result.whenComplete(
        (hop, failure) -> {
          if (failure != null) {
            connecting.result().cancel(true);
          }
        });
    return result;
  }

  private static HopFailure closed() {
    return new HopFailure(Code.CLOSED, Phase.CONNECT, "Postern was closed");
  }

  private void open(Attempt attempt, ConnectAttempt connecting) {
    CompletableFuture<Carrier> carrier = carrier(attempt);
    connecting
        .result()
        .whenComplete(
            (session, failure) -> {
              if (failure != null) {
                carrier.cancel(true);
              }
            });
    long limit = attempt.policy().connectTimeout().toMillis();
    carrier
        .orTimeout(limit, MILLISECONDS)
        .whenCompleteAsync(
            (opened, failure) -> {
              if (opened == null) {
                connecting.fail(notConnected(requireNonNull(failure), attempt));
                return;
              }
              start(opened, attempt, connecting);
            },
            processing);
  }

  private CompletableFuture<Carrier> carrier(Attempt attempt) {
    Link link = attempt.link();
    if (link instanceof Link.Dial dial) {
      return dialer.dial(dial.endpoint(), attempt.policy().connectTimeout(), attempt.trail());
    }
    if (link instanceof HopLink through) {
      attempt.trail().record(Phase.CONNECT, "through " + through.hop().address());
      return through.open();
    }
    if (link instanceof Link.Stream stream) {
      return CompletableFuture.completedFuture(
          new StreamCarrier(stream.channel(), address(attempt)));
    }
    return CompletableFuture.failedFuture(
        new HopFailure(
            Code.PLUGIN_BROKEN,
            Phase.CONNECT,
            "the transport made up a link of its own; links come from Link, or from the hop"
                + " before"));
  }

  private static InetSocketAddress address(Attempt attempt) {
    return InetSocketAddress.createUnresolved(
        attempt.info().endpoint().host(), attempt.info().endpoint().port());
  }

  private static HopFailure notConnected(Throwable failure, Attempt attempt) {
    Throwable inner =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    if (inner instanceof HopFailure known) {
      return known;
    }
    if (inner instanceof TimeoutException) {
      return new HopFailure(
          Code.CONNECT_TIMEOUT,
          Phase.CONNECT,
          "no answer from %s within %s (connect-timeout)"
              .formatted(
                  attempt.info().endpoint(), Deadlines.words(attempt.policy().connectTimeout())),
          inner);
    }
    if (inner instanceof CancellationException) {
      return new HopFailure(Code.CANCELLED, Phase.CONNECT, "the opening was cancelled", inner);
    }
    return new HopFailure(
        Code.CONNECT_FAILED, Phase.CONNECT, Sanitiser.line(inner.toString()), inner);
  }

  private void start(Carrier carrier, Attempt attempt, ConnectAttempt connecting) {
    SharedClient mina;
    try {
      mina = client();
    } catch (RuntimeException | LinkageError e) {
      carrier.close();
      connecting.fail(
          new HopFailure(
              Code.PROTOCOL_ERROR,
              Phase.CONNECT,
              "SSH cannot be started in this process: " + Sanitiser.line(e.toString()),
              e));
      return;
    }
    if (mina == null || connecting.result().isDone()) {
      carrier.close();
      return;
    }
    LinkIoSession link =
        new LinkIoSession(ids, mina.service(), mina.getSessionFactory(), carrier, processing);
    link.setAttribute(ConnectAttempt.class, connecting);
    try {
      link.create();
      PosternSession session = (PosternSession) AbstractSession.getSession(link);
      session.setUsername(attempt.info().user());
      String name = attempt.policy().hostKeyAlias().orElse(attempt.info().endpoint().host());
      session.setConnectAddress(
          InetSocketAddress.createUnresolved(name, attempt.info().endpoint().port()));
      connecting.begin(session);
      link.flow(session::isSettled);
    } catch (Exception e) {
      link.close(true);
      carrier.close();
      connecting.fail(
          new HopFailure(Code.CLOSED_IN_HANDSHAKE, Phase.HOST_KEY, SessionTrouble.describe(e), e));
    }
  }

  /**
   * Made when the first connection is there: until then its classes are loaded; null once closed.
   */
  private synchronized @Nullable SharedClient client() {
    if (client == null && !closed) {
      client = SharedClient.started();
    }
    return client;
  }

  private synchronized void stop() {
    if (client != null) {
      client.stop();
      client = null;
    }
  }

  /** Gives the sessions two seconds to say goodbye. */
  @Override
  public void close() {
    closed = true;
    List.copyOf(opening.values()).forEach(result -> result.completeExceptionally(closed()));
    CompletableFuture<?>[] ends =
        open.stream().map(SshdHopSession::close).toArray(CompletableFuture<?>[]::new);
    CompletableFuture.allOf(ends).completeOnTimeout(null, CLOSE_SECONDS, SECONDS).join();
    stop();
    processing.close();
  }
}
