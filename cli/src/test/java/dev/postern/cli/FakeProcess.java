package dev.postern.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.postern.circuit.CircuitException;
import dev.postern.circuit.ExecResult;
import dev.postern.circuit.OutputReceiver;
import dev.postern.circuit.RemoteProcess;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;

/** A remote process that says what it was told to. */
final class FakeProcess implements RemoteProcess {
  final ByteArrayOutputStream received = new ByteArrayOutputStream();
  final CountDownLatch inputClosed = new CountDownLatch(1);
  final List<String> sizes = new ArrayList<>();
  final CompletableFuture<ExecResult> ended = new CompletableFuture<>();
  InputStream output = InputStream.nullInputStream();
  InputStream error = InputStream.nullInputStream();
  Runnable onClose = () -> {};
  boolean closed;

  FakeProcess says(byte[] out, String err) {
    output = new ByteArrayInputStream(out);
    error = new ByteArrayInputStream(err.getBytes(UTF_8));
    return this;
  }

  FakeProcess exits(int status) {
    ended.complete(new ExecResult(OptionalInt.of(status), Optional.empty()));
    return this;
  }

  FakeProcess isKilledBy(String signal) {
    ended.complete(new ExecResult(OptionalInt.empty(), Optional.of(signal)));
    return this;
  }

  @Override
  public OutputStream input() {
    return new OutputStream() {
      @Override
      public void write(int octet) {
        received.write(octet);
      }

      @Override
      public void close() {
        inputClosed.countDown();
      }
    };
  }

  @Override
  public InputStream output() {
    return output;
  }

  @Override
  public InputStream error() {
    return error;
  }

  @Override
  public CompletableFuture<Void> deliver(OutputReceiver receiver, Executor executor) {
    throw new UnsupportedOperationException("these commands read streams");
  }

  @Override
  public CompletableFuture<ExecResult> ended() {
    return ended;
  }

  @Override
  public ExecResult waitFor() throws CircuitException, InterruptedException {
    try {
      return ended.get();
    } catch (ExecutionException e) {
      throw (CircuitException) e.getCause();
    }
  }

  @Override
  public synchronized void resize(int columns, int rows) {
    sizes.add(columns + "x" + rows);
  }

  @Override
  public void signal(String name) {}

  @Override
  public void close() {
    closed = true;
    // What our side closes ends without a word of the far end.
    ended.complete(new ExecResult(OptionalInt.empty(), Optional.empty()));
    onClose.run();
  }
}
