package dev.postern.core.sshd;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.stream.Collectors.joining;

import dev.postern.api.hop.Endpoint;
import dev.postern.circuit.Phase;
import dev.postern.core.forward.SocketLoop;
import dev.postern.core.hop.HopFailure;
import dev.postern.core.hop.TrailRecorder;
import dev.postern.problem.Code;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/** Connects to an endpoint from this machine. */
final class Dialer {
  private final SocketLoop loop;
  private final ExecutorService blocking;
  private final Resolver resolver;

  Dialer(SocketLoop loop, ExecutorService blocking, Resolver resolver) {
    this.loop = loop;
    this.blocking = blocking;
    this.resolver = resolver;
  }

  /**
   * The limit is for the name; who calls has another for all of it. Cancelling the result closes
   * what was begun.
   */
  CompletableFuture<Carrier> dial(Endpoint endpoint, Duration limit, TrailRecorder trail) {
    CompletableFuture<Carrier> result = new CompletableFuture<>();
    CompletableFuture<List<InetAddress>> lookup = new CompletableFuture<>();
    lookup
        .orTimeout(limit.toMillis(), MILLISECONDS)
        .whenComplete(
            (addresses, failure) -> {
              if (failure != null) {
                result.completeExceptionally(unresolved(endpoint, limit, failure));
              } else if (!result.isDone()) {
                new Dialling(endpoint, addresses, loop, trail, result).begin();
              }
            });
    result.whenComplete((carrier, failure) -> lookup.cancel(true));
    try {
      blocking.execute(() -> lookUp(endpoint, trail, lookup));
    } catch (RejectedExecutionException e) {
      result.completeExceptionally(
          new HopFailure(Code.CLOSED, Phase.RESOLVE, "Postern was closed", e));
    }
    return result;
  }

  private void lookUp(
      Endpoint endpoint, TrailRecorder trail, CompletableFuture<List<InetAddress>> lookup) {
    try {
      List<InetAddress> addresses =
          Stream.of(resolver.resolve(endpoint.host())).distinct().toList();
      String found = addresses.stream().map(InetAddress::getHostAddress).collect(joining(", "));
      if (!found.equals(endpoint.host())) {
        trail.record(Phase.RESOLVE, endpoint.host() + " is " + found);
      }
      lookup.complete(addresses);
    } catch (IOException | RuntimeException e) {
      lookup.completeExceptionally(e);
    }
  }

  private static HopFailure unresolved(Endpoint endpoint, Duration limit, Throwable failure) {
    String what =
        failure instanceof TimeoutException
            ? "this machine got no answer about the name '%s' within %s (connect-timeout)"
                .formatted(endpoint.host(), Deadlines.words(limit))
            : "this machine cannot resolve the name '%s'".formatted(endpoint.host());
    return new HopFailure(
        Code.NAME_NOT_RESOLVED,
        Phase.RESOLVE,
        what + "; check it, or put a hop before it that knows it",
        failure);
  }

  /** Looks names up; may block. */
  @FunctionalInterface
  interface Resolver {
    InetAddress[] resolve(String host) throws UnknownHostException;
  }
}
