package dev.postern.core.sshd;

import static java.util.Objects.requireNonNull;

import dev.postern.api.hop.HopInfo;
import dev.postern.circuit.CircuitException;
import dev.postern.circuit.ExecResult;
import dev.postern.circuit.OutputReceiver;
import dev.postern.circuit.Trail;
import dev.postern.core.circuit.LosableProcess;
import dev.postern.core.hop.HopFailure;
import dev.postern.core.text.Sanitiser;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A command or shell on a session channel. */
final class SshdProcess implements LosableProcess {
  private static final int SIGNAL_LIMIT = 64;

  private final ProcessChannel channel;
  private final HopInfo hop;
  private final Supplier<HopFailure> lost;
  private final AtomicBoolean delivering = new AtomicBoolean();
  private final CompletableFuture<ExecResult> ended = new CompletableFuture<>();

  SshdProcess(
      ProcessChannel channel, HopInfo hop, Supplier<HopFailure> lost, Completions completions) {
    this.channel = channel;
    this.hop = hop;
    this.lost = lost;
    channel.over().thenAccept(ending -> completions.run(() -> end(ending)));
  }

  /** A server that closes without a word has ended the command, unless its link broke first. */
  private void end(ProcessChannel.Ending ending) {
    boolean told = ending.status() != null || ending.signal() != null;
    if (told || ending.wasWanted()) {
      ended.complete(result(ending.status(), ending.signal()));
      return;
    }
    HopFailure failure = lost.get();
    ended.completeExceptionally(
        new CircuitException(
            failure.code(),
            failure.phase(),
            hop,
            failure.sentence(),
            new Trail(List.of()),
            failure));
  }

  @Override
  public void lost(CircuitException why) {
    if (channel.getExitStatus() == null && channel.getExitSignal() == null) {
      ended.completeExceptionally(why);
    }
  }

  private static ExecResult result(@Nullable Integer status, @Nullable String signal) {
    return new ExecResult(
        status == null ? OptionalInt.empty() : OptionalInt.of(status),
        Optional.ofNullable(signal).map(SshdProcess::clean));
  }

  private static String clean(String signal) {
    String line = Sanitiser.line(signal);
    return line.length() > SIGNAL_LIMIT ? line.substring(0, SIGNAL_LIMIT) : line;
  }

  @Override
  public OutputStream input() {
    return channel.inputStream();
  }

  @Override
  public InputStream output() {
    return channel.outputStream();
  }

  @Override
  public InputStream error() {
    return channel.errorStream();
  }

  @Override
  public CompletableFuture<Void> deliver(OutputReceiver receiver, Executor executor) {
    if (!delivering.compareAndSet(false, true)) {
      throw new IllegalStateException("the output is delivered already");
    }
    return new Delivery(channel, receiver, executor).start();
  }

  @Override
  public CompletableFuture<ExecResult> ended() {
    return ended.copy();
  }

  @Override
  public ExecResult waitFor() throws CircuitException, InterruptedException {
    try {
      return ended.get();
    } catch (ExecutionException e) {
      throw (CircuitException) requireNonNull(e.getCause());
    }
  }

  @Override
  public void resize(int columns, int rows) {
    try {
      channel.resize(columns, rows);
    } catch (IOException e) {
      // The end of the process will say why.
    }
  }

  @Override
  public void signal(String name) {
    try {
      channel.signal(name);
    } catch (IOException e) {
      // The end of the process will say why.
    }
  }

  @Override
  public void close() {
    channel.shut();
  }
}
