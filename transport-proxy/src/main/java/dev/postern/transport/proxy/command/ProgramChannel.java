package dev.postern.transport.proxy.command;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousByteChannel;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.CompletionHandler;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * A program's standard input and output as a channel. It reads from the program only what it was
 * asked for, so that the slower side sets the pace.
 *
 * <p>The end of the program's output is a failure that says why, and not an end of file: SSH has
 * its own goodbye.
 */
final class ProgramChannel implements AsynchronousByteChannel {
  private static final long LAST_WORDS_MILLIS = 500;

  private final Program program;
  private final StandardError error;
  private final OneAtATime reads;
  private final OneAtATime writes;
  private volatile boolean closed;

  ProgramChannel(Program program, StandardError error) {
    this.program = program;
    this.error = error;
    this.reads = new OneAtATime("postern-command-stdout-" + program.id());
    this.writes = new OneAtATime("postern-command-stdin-" + program.id());
  }

  @Override
  public <A extends @Nullable Object> void read(
      ByteBuffer target, A attachment, CompletionHandler<Integer, ? super A> handler) {
    reads.run(() -> readSome(target), attachment, handler);
  }

  @Override
  public <A extends @Nullable Object> void write(
      ByteBuffer source, A attachment, CompletionHandler<Integer, ? super A> handler) {
    writes.run(() -> writeAll(source), attachment, handler);
  }

  private int readSome(ByteBuffer target) throws IOException {
    byte[] block = new byte[target.remaining()];
    int count;
    try {
      count = program.output().read(block);
    } catch (IOException e) {
      throw ended(e);
    }
    if (count < 0) {
      throw ended(null);
    }
    target.put(block, 0, count);
    return count;
  }

  private int writeAll(ByteBuffer source) throws IOException {
    byte[] block = new byte[source.remaining()];
    source.duplicate().get(block);
    try {
      program.input().write(block);
      program.input().flush();
    } catch (IOException e) {
      throw ended(e);
    }
    source.position(source.limit());
    return block.length;
  }

  private IOException ended(@Nullable IOException cause) {
    if (closed) {
      return new AsynchronousCloseException();
    }
    if (program.isEndedAtExit()) {
      return new IOException(
          "the program '%s' was ended, as Postern ends".formatted(program.name()));
    }
    OptionalInt exitCode = program.exitCode(LAST_WORDS_MILLIS);
    String said = exitCode.isPresent() ? error.lastLines(LAST_WORDS_MILLIS) : error.lastLines();
    String what =
        exitCode.isPresent()
            ? "ended with exit code " + exitCode.getAsInt()
            : "closed its standard output or input";
    return new IOException(
        "the program '%s' %s; %s"
            .formatted(
                program.name(),
                what,
                said.isEmpty()
                    ? "it said nothing on its standard error, so try it by hand"
                    : "it said: " + said),
        cause);
  }

  @Override
  public Future<Integer> read(ByteBuffer target) {
    CompletableFuture<Integer> result = new CompletableFuture<>();
    read(target, result, new Completing());
    return result;
  }

  @Override
  public Future<Integer> write(ByteBuffer source) {
    CompletableFuture<Integer> result = new CompletableFuture<>();
    write(source, result, new Completing());
    return result;
  }

  @Override
  public boolean isOpen() {
    return !closed;
  }

  /** Ends the program, and with it what waits for it. */
  @Override
  public void close() {
    closed = true;
    program.end();
    reads.close();
    writes.close();
  }

  private record Completing() implements CompletionHandler<Integer, CompletableFuture<Integer>> {
    @Override
    public void completed(Integer count, CompletableFuture<Integer> result) {
      result.complete(count);
    }

    @Override
    public void failed(Throwable failure, CompletableFuture<Integer> result) {
      result.completeExceptionally(failure);
    }
  }
}
