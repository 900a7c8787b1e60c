package dev.postern.core.sshd.sftp;

import static java.util.Objects.requireNonNull;
import static java.util.concurrent.TimeUnit.NANOSECONDS;

import dev.postern.problem.Code;
import dev.postern.sftp.SftpException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.sshd.common.util.buffer.Buffer;
import org.apache.sshd.common.util.buffer.ByteArrayBuffer;
import org.apache.sshd.sftp.common.SftpConstants;
import org.jspecify.annotations.Nullable;

/**
 * Requests and their answers, many at a time, without a thread: what arrives is sorted on the
 * thread that brings it. An answer that nobody asked for ends it.
 */
final class Wire {
  private static final int HEAD = Integer.BYTES + 1 + Integer.BYTES;

  private final SftpPipe pipe;
  private final Frames frames;
  private final Duration patience;
  private final AtomicInteger lastId = new AtomicInteger();
  private final Map<Integer, CompletableFuture<Buffer>> unanswered = new ConcurrentHashMap<>();
  private final CompletableFuture<Buffer> version = new CompletableFuture<>();
  private final CompletableFuture<Void> ended = new CompletableFuture<>();
  private final Object sending = new Object();
  private volatile @Nullable SftpException failure;
  private volatile long heard;

  /** A wire that does not wait longer than this for any answer while nothing at all is heard. */
  Wire(SftpPipe pipe, Duration patience) {
    this.pipe = pipe;
    this.frames = new Frames(pipe);
    this.patience = patience;
  }

  /** Says hello; completes with the server's. */
  CompletableFuture<Buffer> start() {
    pipe.onChange(this::receive);
    ByteBuffer hello = ByteBuffer.allocate(HEAD);
    hello.putInt(1 + Integer.BYTES).put((byte) SftpConstants.SSH_FXP_INIT);
    hello.putInt(SftpConstants.SFTP_V3);
    try {
      send(hello.array(), HEAD);
    } catch (SftpException e) {
      end(e);
    }
    return version;
  }

  /** A request that is on its way. */
  record Sent(int id, CompletableFuture<Buffer> answer) {}

  /** Sends a request; blocks while the window is full. */
  Sent request(int command, Buffer body) throws SftpException {
    int id = lastId.incrementAndGet();
    int length = body.available();
    byte[] packet = new byte[HEAD + length];
    ByteBuffer.wrap(packet).putInt(HEAD - Integer.BYTES + length).put((byte) command).putInt(id);
    System.arraycopy(body.array(), body.rpos(), packet, HEAD, length);
    CompletableFuture<Buffer> answer = new CompletableFuture<>();
    unanswered.put(id, answer);
    if (failure != null) {
      unanswered.remove(id);
      throw requireNonNull(failure);
    }
    try {
      send(packet, packet.length);
    } catch (SftpException e) {
      unanswered.remove(id);
      throw e;
    }
    return new Sent(id, answer);
  }

  private void send(byte[] packet, int length) throws SftpException {
    try {
      synchronized (sending) {
        pipe.output().write(packet, 0, length);
      }
    } catch (InterruptedIOException e) {
      // Half of it may be on its way: nothing can follow it.
      SftpException reason =
          new SftpException(Code.CLOSED, "SFTP was closed: it was interrupted while it sent", e);
      end(reason);
      throw reason;
    } catch (IOException e) {
      SftpException reason = pipe.ended();
      end(reason);
      throw requireNonNull(failure);
    }
  }

  /** Waits for an answer. */
  Buffer await(CompletableFuture<Buffer> answer) throws IOException {
    long waiting = System.nanoTime();
    try {
      while (true) {
        long silent = System.nanoTime() - Math.max(waiting, heard);
        if (silent >= patience.toNanos()) {
          end(
              new SftpException(
                  Code.SFTP_SILENT,
                  "the server has not answered for %d s".formatted(patience.toSeconds())));
        }
        try {
          return answer.get(Math.max(1, patience.toNanos() - silent), NANOSECONDS);
        } catch (TimeoutException e) {
          // Others may have been answered meanwhile, or a part of this answer have come.
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while waiting for the server");
    } catch (ExecutionException e) {
      if (e.getCause() instanceof SftpException reason) {
        // A new one, with the trace of who waited.
        throw new SftpException(reason.code(), reason.sentence(), reason);
      }
      throw new IOException(e.getCause());
    }
  }

  /** The server broke the rules: ends the wire, and gives the failure to be thrown. */
  SftpException broken(String sentence, @Nullable Throwable cause) {
    end(new SftpException(Code.SFTP_BROKEN_RULES, sentence, cause));
    return requireNonNull(failure);
  }

  boolean isOpen() {
    return failure == null;
  }

  /** Completes when it ends. */
  CompletableFuture<Void> ended() {
    return ended;
  }

  void close() {
    end(new SftpException(Code.CLOSED, "SFTP was closed"));
  }

  private void end(SftpException reason) {
    synchronized (unanswered) {
      if (failure != null) {
        return;
      }
      failure = reason;
    }
    pipe.shut();
    version.completeExceptionally(reason);
    unanswered.values().forEach(answer -> answer.completeExceptionally(reason));
    ended.complete(null);
  }

  /** Not by two threads at a time, and in order. */
  private synchronized void receive() {
    heard = System.nanoTime();
    try {
      byte[] packet = failure == null ? frames.next() : null;
      while (packet != null) {
        sort(packet);
        packet = failure == null ? frames.next() : null;
      }
    } catch (SftpException e) {
      end(e);
    } catch (IOException e) {
      end(pipe.ended());
    }
  }

  private void sort(byte[] packet) throws SftpException {
    int type = packet[Integer.BYTES] & 0xff;
    if (type == SftpConstants.SSH_FXP_VERSION) {
      if (!version.complete(new ByteArrayBuffer(packet))) {
        throw new SftpException(Code.SFTP_BROKEN_RULES, "the server said its version twice");
      }
      return;
    }
    if (packet.length < HEAD) {
      throw new SftpException(Code.SFTP_BROKEN_RULES, "the server sent half of an SFTP packet");
    }
    int id = ByteBuffer.wrap(packet).getInt(Integer.BYTES + 1);
    CompletableFuture<Buffer> answer = unanswered.remove(id);
    if (answer == null) {
      throw new SftpException(
          Code.SFTP_BROKEN_RULES, "the server answered a request that was not made");
    }
    answer.complete(new ByteArrayBuffer(packet));
  }
}
