package dev.postern.core.circuit;

import static java.util.Objects.requireNonNull;
import static java.util.concurrent.TimeUnit.MILLISECONDS;

import dev.postern.api.hop.Endpoint;
import dev.postern.api.hop.HopInfo;
import dev.postern.circuit.CircuitException;
import dev.postern.circuit.Forward;
import dev.postern.circuit.Phase;
import dev.postern.circuit.RemoteProcess;
import dev.postern.circuit.TcpStream;
import dev.postern.circuit.TerminalRequest;
import dev.postern.circuit.Trail;
import dev.postern.circuit.TrailEntry;
import dev.postern.core.circuit.HopPool.Lease;
import dev.postern.core.config.HopPlan;
import dev.postern.core.config.RoutePlan;
import dev.postern.core.forward.Duplex;
import dev.postern.core.forward.ForwardLog;
import dev.postern.core.forward.Listeners;
import dev.postern.core.hop.HopFailure;
import dev.postern.core.socket.CircuitSocketFactory;
import dev.postern.event.CircuitListener;
import dev.postern.problem.Code;
import dev.postern.route.ForwardAddress;
import dev.postern.route.ForwardAddress.UnixSocket;
import dev.postern.route.ForwardSpec;
import dev.postern.route.ForwardType;
import dev.postern.sftp.Sftp;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import javax.net.SocketFactory;
import org.jspecify.annotations.Nullable;

/** An open circuit: leases on its hops, and what was opened on the last of them. */
final class LiveCircuit implements CarryingCircuit {
  private static final int GRACE_MILLIS = 1_500;

  private final RoutePlan plan;
  private final List<Lease> leases;
  private final Listeners listeners;
  private final CircuitListener listener;
  private final long beginning;
  private final OpenChannels channels = new OpenChannels();
  private final CompletableFuture<Optional<CircuitException>> closed = new CompletableFuture<>();
  private @Nullable CompletableFuture<Void> closing;
  private volatile @Nullable CircuitException lost;
  private volatile boolean hurried;

  LiveCircuit(
      RoutePlan plan,
      List<Lease> leases,
      Listeners listeners,
      long beginning,
      CircuitListener listener) {
    this.plan = plan;
    this.listener = listener;
    this.leases = leases;
    this.listeners = listeners;
    this.beginning = beginning;
    for (int i = 0; i < leases.size(); i++) {
      int index = i;
      session(i).closed().thenAccept(reason -> hopClosed(index, reason));
    }
  }

  private HopInfo info(int index) {
    return plan.hops().get(index).info();
  }

  @Override
  public String route() {
    return plan.name();
  }

  @Override
  public RemoteProcess exec(String command) throws CircuitException, InterruptedException {
    return Failures.await(execAsync(command));
  }

  @Override
  public CompletableFuture<RemoteProcess> execAsync(String command) {
    requireNonNull(command, "command is null");
    return opened(session().exec(command), channels::track);
  }

  @Override
  public RemoteProcess exec(String command, TerminalRequest terminal)
      throws CircuitException, InterruptedException {
    return Failures.await(execAsync(command, terminal));
  }

  @Override
  public CompletableFuture<RemoteProcess> execAsync(String command, TerminalRequest terminal) {
    requireNonNull(command, "command is null");
    requireNonNull(terminal, "terminal is null");
    return opened(session().exec(command, terminal), channels::track);
  }

  @Override
  public RemoteProcess shell(TerminalRequest terminal)
      throws CircuitException, InterruptedException {
    return Failures.await(shellAsync(terminal));
  }

  @Override
  public CompletableFuture<RemoteProcess> shellAsync(TerminalRequest terminal) {
    requireNonNull(terminal, "terminal is null");
    return opened(session().shell(terminal), channels::track);
  }

  @Override
  public Sftp sftp() throws CircuitException, InterruptedException {
    return Failures.await(sftpAsync());
  }

  @Override
  public CompletableFuture<Sftp> sftpAsync() {
    return opened(session().sftp(), channels::track);
  }

  @Override
  public TcpStream openTcp(Endpoint endpoint) throws CircuitException, InterruptedException {
    return Failures.await(openTcpAsync(endpoint));
  }

  @Override
  public CompletableFuture<TcpStream> openTcpAsync(Endpoint endpoint) {
    requireNonNull(endpoint, "endpoint is null");
    return opened(session().openTcp(endpoint), channels::track);
  }

  @Override
  public SocketFactory socketFactory() {
    return new CircuitSocketFactory(this::openTcpAsync);
  }

  @Override
  public TcpStream openUnix(String path) throws CircuitException, InterruptedException {
    return Failures.await(openUnixAsync(path));
  }

  @Override
  public CompletableFuture<TcpStream> openUnixAsync(String path) {
    return opened(session().openUnix(new UnixSocket(path)), channels::track);
  }

  @Override
  public Forward forward(ForwardSpec spec) throws CircuitException, InterruptedException {
    return Failures.await(forwardAsync(spec));
  }

  @Override
  public CompletableFuture<Forward> forwardAsync(ForwardSpec spec) {
    requireNonNull(spec, "spec is null");
    ForwardLog log = new ForwardEvents(listener, plan.name(), spec, this::record);
    CompletableFuture<Forward> opening =
        spec.type() == ForwardType.REMOTE
            ? listeners.listenAtTheFarEnd(spec, session(), log)
            : listeners.listen(spec, session(), log);
    return opened(opening, channels::track);
  }

  @Override
  public List<Forward> forwards() {
    return channels.forwards();
  }

  @Override
  public Trail trail() {
    List<TrailEntry> entries = new ArrayList<>();
    for (int i = 0; i < leases.size(); i++) {
      entries.addAll(leases.get(i).trail().since(beginning, info(i)));
    }
    return new Trail(entries);
  }

  @Override
  public boolean isOpen() {
    synchronized (this) {
      if (closing != null) {
        return false;
      }
    }
    return leases.stream().allMatch(lease -> lease.opened().session().isOpen());
  }

  @Override
  public CompletableFuture<Optional<CircuitException>> closed() {
    return closed.copy();
  }

  @Override
  public void close() {
    closeAsync().join();
  }

  @Override
  public CompletableFuture<Void> closeAsync() {
    return close(Optional.empty()).copy();
  }

  @Override
  public CompletableFuture<Duplex> open(ForwardAddress target) {
    return session().open(target);
  }

  @Override
  public void record(String text) {
    leases.get(leases.size() - 1).trail().record(Phase.CHANNEL, text);
  }

  private HopSession session() {
    return session(leases.size() - 1);
  }

  private HopSession session(int index) {
    return leases.get(index).opened().session();
  }

  /**
   * Hands a channel out under the circuit's own failures, and takes it back when the caller gave up
   * or the circuit closed meanwhile.
   */
  private <T extends AutoCloseable> CompletableFuture<T> opened(
      CompletableFuture<T> channel, UnaryOperator<T> track) {
    CompletableFuture<T> result = new CompletableFuture<>();
    channel.whenComplete(
        (value, failure) -> {
          if (value == null) {
            result.completeExceptionally(exception(requireNonNull(failure)));
            return;
          }
          T tracked = track.apply(value);
          if (!result.complete(tracked)) {
            channels.discard(tracked);
          }
        });
    result.whenComplete(
        (value, failure) -> {
          if (result.isCancelled()) {
            channel.cancel(true);
          }
        });
    return result;
  }

  /** A lost hop has those behind it closed: that they are is not what went wrong. */
  private CircuitException exception(Throwable failure) {
    HopFailure inner = Failures.asHopFailure(failure);
    CircuitException reason = lost;
    if (reason != null && inner.code() == Code.CLOSED) {
      return reason;
    }
    HopPlan last = plan.hops().get(plan.hops().size() - 1);
    return exception(last.info(), inner);
  }

  private CircuitException exception(HopInfo hop, HopFailure failure) {
    return new CircuitException(
        failure.code(), failure.phase(), hop, failure.sentence(), trail(), failure);
  }

  /** A hop that ends takes with it those that it carries, and is the one to be named. */
  private void hopClosed(int index, Optional<HopFailure> reason) {
    for (int i = 0; i < index; i++) {
      if (session(i).isOpen()) {
        continue;
      }
      if (!session(i).closed().isDone()) {
        return;
      }
      Optional<HopFailure> earlier = session(i).closed().join();
      if (earlier.isPresent()) {
        // It is about to tell this circuit too, after others.
        hopClosed(i, earlier);
        return;
      }
    }
    close(reason.map(failure -> exception(info(index), failure)));
  }

  private CompletableFuture<Void> close(Optional<CircuitException> reason) {
    CompletableFuture<Void> result;
    synchronized (this) {
      if (closing != null) {
        return closing;
      }
      result = new CompletableFuture<>();
      closing = result;
    }
    lost = reason.orElse(null);
    channels.close(reason);
    releaseFrom(leases.size() - 1, reason, result);
    result.copy().orTimeout(GRACE_MILLIS, MILLISECONDS).exceptionally(late -> hurry());
    return result;
  }

  /** One grace for all hops together, however many are behind one that does not answer. */
  private @Nullable Void hurry() {
    hurried = true;
    leases.forEach(Lease::hurry);
    return null;
  }

  private void releaseFrom(
      int index, Optional<CircuitException> reason, CompletableFuture<Void> result) {
    if (index < 0) {
      closed.complete(reason);
      result.complete(null);
      return;
    }
    Lease lease = leases.get(index);
    lease.release().whenComplete((done, failure) -> releaseFrom(index - 1, reason, result));
    if (hurried) {
      lease.hurry();
    }
  }
}
