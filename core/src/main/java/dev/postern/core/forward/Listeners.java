package dev.postern.core.forward;

import static java.util.Objects.requireNonNull;

import dev.postern.circuit.Forward;
import dev.postern.circuit.Phase;
import dev.postern.core.hop.HopFailure;
import dev.postern.problem.Code;
import dev.postern.route.ForwardSpec;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/** Makes forwards, on whichever side they listen. Safe for use by several threads. */
public final class Listeners {
  private static final Duration SOCKS_PATIENCE = Duration.ofSeconds(30);

  private final SocketLoop loop;
  private final Executor blocking;
  private final Duration patience;
  private final Buffers buffers = new Buffers();

  /** Those that are served by a loop; the executor looks up what they shall listen on. */
  public Listeners(SocketLoop loop, Executor blocking) {
    this(loop, blocking, SOCKS_PATIENCE);
  }

  /** The same, with so long for a client to say by SOCKS where it wants to go. */
  Listeners(SocketLoop loop, Executor blocking, Duration patience) {
    this.loop = requireNonNull(loop, "loop is null");
    this.blocking = requireNonNull(blocking, "blocking is null");
    this.patience = patience;
  }

  /**
   * Begins to listen. Whoever asks for it closes it.
   *
   * @param spec of a type whose listener is on this machine
   * @param exit where its connections go out
   * @param log is told of it and its connections
   * @return fails with a {@link HopFailure} if the address cannot be had
   */
  public CompletableFuture<Forward> listen(ForwardSpec spec, Exit exit, ForwardLog log) {
    CompletableFuture<Forward> result = new CompletableFuture<>();
    try {
      blocking.execute(() -> open(spec, exit, log, result));
    } catch (RejectedExecutionException e) {
      result.completeExceptionally(
          new HopFailure(Code.CLOSED, Phase.CHANNEL, "everything is being closed", e));
    }
    return result;
  }

  private void open(
      ForwardSpec spec, Exit exit, ForwardLog log, CompletableFuture<Forward> result) {
    try {
      start(spec, Binding.open(spec.listen(), spec.unlink()), exit, log, result);
    } catch (HopFailure | RuntimeException e) {
      result.completeExceptionally(e);
    }
  }

  private void start(
      ForwardSpec spec,
      Binding binding,
      Exit exit,
      ForwardLog log,
      CompletableFuture<Forward> result) {
    Clients clients = new Clients(loop, buffers, spec.target(), exit, log, patience);
    LocalListener listener = new LocalListener(spec, binding, loop, clients);
    clients.opened(binding.address());
    loop.later(
        () -> {
          try {
            listener.start();
          } catch (IOException e) {
            listener.close();
          }
        });
    if (!result.complete(listener)) {
      listener.close();
    }
  }

  /**
   * Lets the far end listen. Whoever asks for it closes it; it ends with its session.
   *
   * @param spec of the type whose listener is at the far end; its target is reached from this
   *     machine
   * @param farSide who listens
   * @param log is told of it and its connections
   * @return fails with a {@link HopFailure} if the far end refuses; cancelling it gives it up
   */
  public CompletableFuture<Forward> listenAtTheFarEnd(
      ForwardSpec spec, FarSide farSide, ForwardLog log) {
    Clients clients =
        new Clients(loop, buffers, spec.target(), new LocalExit(loop, blocking), log, patience);
    clients.listeningOn(spec.listen());
    CompletableFuture<FarListener> asking = farSide.listen(spec.listen(), clients);
    CompletableFuture<Forward> result = new CompletableFuture<>();
    asking.whenComplete(
        (listener, failure) -> {
          if (listener == null) {
            result.completeExceptionally(requireNonNull(failure));
            return;
          }
          clients.opened(listener.address());
          Forward forward = new RemoteForward(spec, listener, clients);
          if (!result.complete(forward)) {
            forward.close();
          }
        });
    result.whenComplete(
        (forward, failure) -> {
          if (result.isCancelled()) {
            asking.cancel(true);
          }
        });
    return result;
  }
}
