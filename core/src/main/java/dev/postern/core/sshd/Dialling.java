package dev.postern.core.sshd;

import static java.util.Objects.requireNonNull;
import static java.util.concurrent.TimeUnit.MILLISECONDS;

import dev.postern.api.hop.Endpoint;
import dev.postern.circuit.Phase;
import dev.postern.core.forward.Duplex;
import dev.postern.core.forward.SocketLoop;
import dev.postern.core.hop.HopFailure;
import dev.postern.core.hop.TrailRecorder;
import dev.postern.problem.Code;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/**
 * Tries the addresses of one endpoint in order: the next one when one fails, and beside it when it
 * keeps silent for a while (RFC 8305 section 5). The first that answers wins.
 */
final class Dialling {
  private static final long STAGGER_MILLIS = 250;

  private final Endpoint endpoint;
  private final SocketLoop loop;
  private final TrailRecorder trail;
  private final CompletableFuture<Carrier> result;
  private final Executor later;
  private final long begun = System.nanoTime();
  private final Deque<InetAddress> left;
  private final List<String> failures = new ArrayList<>();
  private int underWay;
  private boolean won;

  Dialling(
      Endpoint endpoint,
      List<InetAddress> addresses,
      SocketLoop loop,
      TrailRecorder trail,
      CompletableFuture<Carrier> result) {
    this.endpoint = endpoint;
    this.left = new ArrayDeque<>(addresses);
    this.loop = loop;
    this.trail = trail;
    this.result = result;
    this.later = CompletableFuture.delayedExecutor(STAGGER_MILLIS, MILLISECONDS, Runnable::run);
  }

  void begin() {
    InetAddress address;
    synchronized (this) {
      address = left.poll();
      if (address == null || result.isDone()) {
        return;
      }
      underWay++;
      if (!left.isEmpty()) {
        later.execute(this::begin);
      }
    }
    connect(new InetSocketAddress(address, endpoint.port()));
  }

  private void connect(InetSocketAddress address) {
    CompletableFuture<Duplex> connecting = loop.connect(address);
    result.whenComplete(
        (carrier, failure) -> {
          if (carrier == null || !carrier.remoteAddress().equals(address)) {
            connecting.cancel(true);
          }
        });
    connecting.whenComplete(
        (socket, failure) -> {
          if (socket != null) {
            connected(address, socket);
          } else {
            failed(address, requireNonNull(failure));
          }
        });
  }

  private void connected(InetSocketAddress address, Duplex socket) {
    synchronized (this) {
      if (won || result.isDone()) {
        socket.close();
        return;
      }
      won = true;
    }
    long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun);
    trail.record(Phase.CONNECT, "connected to %s in %d ms".formatted(text(address), millis));
    if (!result.complete(new SocketCarrier(socket, address, loop))) {
      socket.close();
    }
  }

  private void failed(InetSocketAddress address, Throwable failure) {
    String told;
    synchronized (this) {
      underWay--;
      failures.add(text(address) + " " + SessionTrouble.describe(failure));
      if (!left.isEmpty() || underWay > 0) {
        told = null;
      } else {
        told = String.join(", ", failures);
      }
    }
    if (told == null) {
      begin();
      return;
    }
    result.completeExceptionally(
        new HopFailure(
            Code.CONNECT_FAILED,
            Phase.CONNECT,
            "cannot connect to %s: %s; check that an SSH server listens there and that nothing between blocks it"
                .formatted(endpoint, told),
            failure));
  }

  private static String text(InetSocketAddress address) {
    return new Endpoint(address.getAddress().getHostAddress(), address.getPort()).toString();
  }
}
