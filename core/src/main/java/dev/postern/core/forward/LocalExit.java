package dev.postern.core.forward;

import static java.util.Objects.requireNonNull;
import static java.util.concurrent.TimeUnit.SECONDS;

import dev.postern.circuit.Phase;
import dev.postern.core.hop.HopFailure;
import dev.postern.core.text.Sanitiser;
import dev.postern.problem.Code;
import dev.postern.route.ForwardAddress;
import dev.postern.route.ForwardAddress.Tcp;
import dev.postern.route.ForwardAddress.UnixSocket;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;

/** Connections from this machine, for what arrives at the far end. */
final class LocalExit implements Exit {
  private static final int PATIENCE_SECONDS = 30;

  private final SocketLoop loop;
  private final Executor blocking;

  LocalExit(SocketLoop loop, Executor blocking) {
    this.loop = requireNonNull(loop, "loop is null");
    this.blocking = requireNonNull(blocking, "blocking is null");
  }

  @Override
  public CompletableFuture<Duplex> open(ForwardAddress target) {
    CompletableFuture<Duplex> connected = new CompletableFuture<>();
    connected.orTimeout(PATIENCE_SECONDS, SECONDS);
    CompletableFuture<Duplex> result = new CompletableFuture<>();
    connected.whenComplete(
        (duplex, failure) -> {
          if (duplex == null) {
            result.completeExceptionally(unreached(target, requireNonNull(failure)));
          } else if (!result.complete(duplex)) {
            duplex.close();
          }
        });
    result.whenComplete(
        (duplex, failure) -> {
          if (result.isCancelled()) {
            connected.cancel(false);
          }
        });
    try {
      blocking.execute(() -> resolve(target, connected));
    } catch (RejectedExecutionException e) {
      connected.completeExceptionally(e);
    }
    return result;
  }

  private void resolve(ForwardAddress target, CompletableFuture<Duplex> connected) {
    try {
      List<SocketAddress> addresses = addresses(target);
      loop.later(() -> new Dialling(addresses.iterator(), loop, connected).next());
    } catch (IOException | RuntimeException e) {
      connected.completeExceptionally(e);
    }
  }

  private static List<SocketAddress> addresses(ForwardAddress target) throws UnknownHostException {
    if (target instanceof UnixSocket unix) {
      return List.of(UnixDomainSocketAddress.of(unix.path()));
    }
    Tcp tcp = (Tcp) target;
    return Arrays.stream(InetAddress.getAllByName(tcp.host()))
        .<SocketAddress>map(address -> new InetSocketAddress(address, tcp.port()))
        .toList();
  }

  private static HopFailure unreached(ForwardAddress target, Throwable failure) {
    return new HopFailure(
        Code.FORWARD_NO_TARGET,
        Phase.CHANNEL,
        "this machine cannot connect to %s: %s".formatted(target, words(failure)),
        failure);
  }

  private static String words(Throwable failure) {
    if (failure instanceof UnknownHostException) {
      return "it knows no such host";
    }
    if (failure instanceof TimeoutException) {
      return "no answer within %ds".formatted(PATIENCE_SECONDS);
    }
    String message = failure.getMessage();
    return Sanitiser.line(message == null ? failure.toString() : message);
  }
}
