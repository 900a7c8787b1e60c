package dev.postern.core.sshd;

import static java.net.StandardSocketOptions.SO_REUSEADDR;
import static java.net.StandardSocketOptions.TCP_NODELAY;
import static java.util.concurrent.TimeUnit.MILLISECONDS;

import dev.postern.circuit.Forward;
import dev.postern.circuit.Phase;
import dev.postern.core.hop.HopFailure;
import dev.postern.core.hop.TrailRecorder;
import dev.postern.problem.Code;
import dev.postern.route.ForwardSpec;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.channels.AsynchronousChannelGroup;
import java.nio.channels.AsynchronousServerSocketChannel;
import java.nio.channels.AsynchronousSocketChannel;
import java.nio.channels.CompletionHandler;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.future.CloseFuture;
import org.apache.sshd.common.future.SshFutureListener;
import org.jspecify.annotations.Nullable;

/**
 * A local listener whose connections become {@code direct-tcpip} channels. One thread serves the
 * listener and all its connections; none of them ever waits on it.
 */
final class LocalForward implements Forward, CompletionHandler<AsynchronousSocketChannel, Void> {
  private static final int BACKLOG = 128;
  private static final int RETRY_MILLIS = 100;

  private final ClientSession session;
  private final SessionChannels channels;
  private final ForwardSpec spec;
  private final AsynchronousChannelGroup group;
  private final AsynchronousServerSocketChannel listener;
  private final InetSocketAddress address;
  private final RefusedConnections refused;
  private final TrailRecorder trail;
  private final Set<ForwardedConnection> connections = ConcurrentHashMap.newKeySet();
  private final SshFutureListener<CloseFuture> whenSessionEnds = ended -> close();
  private volatile boolean closed;

  private LocalForward(
      ClientSession session,
      SessionChannels channels,
      ForwardSpec spec,
      AsynchronousChannelGroup group,
      AsynchronousServerSocketChannel listener,
      TrailRecorder trail)
      throws IOException {
    this.session = session;
    this.channels = channels;
    this.spec = spec;
    this.group = group;
    this.listener = listener;
    this.address = (InetSocketAddress) listener.getLocalAddress();
    this.trail = trail;
    this.refused = new RefusedConnections(address, trail);
  }

  /** Begins to listen. May block on the look-up of the host to listen on. */
  static LocalForward open(
      ClientSession session, SessionChannels channels, ForwardSpec spec, TrailRecorder trail)
      throws HopFailure {
    try {
      InetSocketAddress wanted = address(spec);
      AsynchronousChannelGroup group =
          AsynchronousChannelGroup.withFixedThreadPool(1, new DaemonThreads("postern-forward"));
      try {
        AsynchronousServerSocketChannel listener =
            AsynchronousServerSocketChannel.open(group)
                .setOption(SO_REUSEADDR, true)
                .bind(wanted, BACKLOG);
        LocalForward forward = new LocalForward(session, channels, spec, group, listener, trail);
        forward.start();
        return forward;
      } catch (IOException | RuntimeException e) {
        group.shutdownNow();
        throw e;
      }
    } catch (UnknownHostException e) {
      throw unbound(spec, "this machine knows no such host", "give an address of this machine", e);
    } catch (IOException | RuntimeException e) {
      throw unbound(
          spec, SessionTrouble.describe(e), "choose another port, or 0 for any free one", e);
    }
  }

  private static InetSocketAddress address(ForwardSpec spec) throws UnknownHostException {
    return spec.bindHost().equals("*")
        ? new InetSocketAddress(spec.bindPort())
        : new InetSocketAddress(InetAddress.getByName(spec.bindHost()), spec.bindPort());
  }

  private static HopFailure unbound(
      ForwardSpec spec, String reason, String advice, Exception cause) {
    return new HopFailure(
        Code.FORWARD_BIND_FAILED,
        Phase.CHANNEL,
        "cannot listen on %s:%d: %s; %s"
            .formatted(spec.bindHost(), spec.bindPort(), reason, advice),
        cause);
  }

  private void start() {
    listener.accept(null, this);
    session.addCloseFutureListener(whenSessionEnds);
  }

  @Override
  public void completed(AsynchronousSocketChannel client, @Nullable Void nothing) {
    serve(client);
    acceptNext();
  }

  /** Too many open files, say: that passes. */
  @Override
  public void failed(Throwable failure, @Nullable Void nothing) {
    if (!closed) {
      CompletableFuture.delayedExecutor(RETRY_MILLIS, MILLISECONDS).execute(this::acceptNext);
    }
  }

  private void acceptNext() {
    try {
      if (!closed) {
        listener.accept(null, this);
      }
    } catch (RuntimeException e) {
      // Closed meanwhile.
    }
  }

  private void serve(AsynchronousSocketChannel client) {
    try {
      client.setOption(TCP_NODELAY, true);
    } catch (IOException e) {
      // It is slower without, or already gone.
    }
    CompletableFuture<TcpChannel> opening = channels.openChannel(spec.target());
    opening.whenComplete((channel, failure) -> refused.note(failure));
    long arrived = System.nanoTime();
    ForwardedConnection connection =
        new ForwardedConnection(client, opening, over -> ended(over, arrived, opening));
    connections.add(connection);
    connection.start();
    if (closed) {
      connection.close();
    }
  }

  private void ended(
      ForwardedConnection connection, long arrived, CompletableFuture<TcpChannel> opening) {
    connections.remove(connection);
    Optional<HopFailure> failure =
        opening
            .handle((channel, reason) -> Optional.ofNullable(reason))
            .join()
            .filter(HopFailure.class::isInstance)
            .map(HopFailure.class::cast);
    String host = address.getAddress().getHostAddress();
    trail.connection(
        "%s:%d -> %s"
            .formatted(
                host.indexOf(':') < 0 ? host : "[" + host + "]", address.getPort(), spec.target()),
        connection.sent(),
        connection.received(),
        Duration.ofNanos(System.nanoTime() - arrived),
        failure);
  }

  @Override
  public ForwardSpec spec() {
    return spec;
  }

  @Override
  public InetSocketAddress localAddress() {
    return address;
  }

  @Override
  public void close() {
    closed = true;
    session.removeCloseFutureListener(whenSessionEnds);
    try {
      listener.close();
    } catch (IOException e) {
      // It accepts no more in any case.
    }
    List.copyOf(connections).forEach(ForwardedConnection::close);
    try {
      group.shutdownNow();
    } catch (IOException e) {
      // What it would have closed is closed.
    }
  }
}
