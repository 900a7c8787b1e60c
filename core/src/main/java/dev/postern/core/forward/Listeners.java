package dev.postern.core.forward;

import static java.util.Objects.requireNonNull;

import dev.postern.circuit.Forward;
import dev.postern.circuit.Phase;
import dev.postern.core.hop.HopFailure;
import dev.postern.problem.Code;
import dev.postern.route.ForwardSpec;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;

/** Makes forwards that listen on this machine. Safe for use by several threads. */
public final class Listeners {
  private final SocketLoop loop;
  private final Executor blocking;
  private final Buffers buffers = new Buffers();

  /** Those that are served by a loop; the executor looks up what they shall listen on. */
  public Listeners(SocketLoop loop, Executor blocking) {
    this.loop = requireNonNull(loop, "loop is null");
    this.blocking = requireNonNull(blocking, "blocking is null");
  }

  /**
   * Begins to listen. Whoever asks for it closes it.
   *
   * @param spec of a type whose listener is on this machine
   * @param exit where its connections go out
   * @param record takes a sentence for each connection that came to nothing, up to a bound
   * @return fails with a {@link HopFailure} if the address cannot be had
   */
  public CompletableFuture<Forward> listen(ForwardSpec spec, Exit exit, Consumer<String> record) {
    CompletableFuture<Forward> result = new CompletableFuture<>();
    try {
      blocking.execute(() -> open(spec, exit, record, result));
    } catch (RejectedExecutionException e) {
      result.completeExceptionally(
          new HopFailure(Code.CLOSED, Phase.CHANNEL, "everything is being closed", e));
    }
    return result;
  }

  private void open(
      ForwardSpec spec, Exit exit, Consumer<String> record, CompletableFuture<Forward> result) {
    try {
      start(spec, Binding.open(spec.listen(), spec.unlink()), exit, record, result);
    } catch (HopFailure | RuntimeException e) {
      result.completeExceptionally(e);
    }
  }

  private void start(
      ForwardSpec spec,
      Binding binding,
      Exit exit,
      Consumer<String> record,
      CompletableFuture<Forward> result) {
    Clients clients =
        new Clients(
            loop, buffers, binding.address().toString(), spec.target().orElseThrow(), exit, record);
    LocalListener listener = new LocalListener(spec, binding, loop, clients);
    loop.later(
        () -> {
          try {
            listener.start();
          } catch (IOException e) {
            listener.close();
            result.completeExceptionally(
                Binding.unbound(spec.listen(), Binding.words(e), "try again", e));
          }
        });
    if (!result.complete(listener)) {
      listener.close();
    }
  }
}
