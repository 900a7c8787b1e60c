package dev.postern.core.sshd.sftp;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.apache.sshd.common.util.buffer.Buffer;
import org.apache.sshd.common.util.buffer.ByteArrayBuffer;
import org.apache.sshd.sftp.client.SftpClient.CloseableHandle;
import org.apache.sshd.sftp.common.SftpConstants;

/** Writes a file without waiting for each answer. For one thread at a time. */
final class SftpOutput extends OutputStream {
  private static final int MOST_UNANSWERED = 64;

  private final SftpCalls calls;
  private final CloseableHandle handle;
  private final String path;
  private final Deque<Write> unanswered = new ArrayDeque<>();
  private final byte[] chunk;
  private int filled;
  private long position;
  private long arrived;
  private boolean failed;
  private boolean closed;

  SftpOutput(SftpCalls calls, CloseableHandle handle, String path, long offset) {
    this.calls = calls;
    this.handle = handle;
    this.path = path;
    this.chunk = new byte[calls.writeSize()];
    this.position = offset;
    this.arrived = offset;
  }

  private record Write(long end, CompletableFuture<Buffer> answer) {}

  @Override
  public void write(int value) throws IOException {
    write(new byte[] {(byte) value}, 0, 1);
  }

  @Override
  public void write(byte[] source, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, source.length);
    if (closed) {
      throw new IOException("the stream is closed");
    }
    int done = 0;
    while (done < length) {
      int count = Math.min(length - done, chunk.length - filled);
      System.arraycopy(source, offset + done, chunk, filled, count);
      filled += count;
      done += count;
      if (filled == chunk.length) {
        send();
      }
    }
  }

  private void send() throws IOException {
    if (filled == 0) {
      return;
    }
    Buffer request = new ByteArrayBuffer(filled + 512, false);
    request.putBytes(handle.getIdentifier());
    request.putLong(position);
    request.putBytes(chunk, 0, filled);
    position += filled;
    unanswered.addLast(new Write(position, calls.ask(SftpConstants.SSH_FXP_WRITE, request)));
    filled = 0;
    await(MOST_UNANSWERED);
  }

  /** Until no more than so many are unanswered. */
  private void await(int most) throws IOException {
    while (unanswered.size() > most
        || (!unanswered.isEmpty() && unanswered.getFirst().answer.isDone())) {
      Write oldest = unanswered.removeFirst();
      try {
        calls.guarded(
            path,
            () -> {
              calls.expectOk(calls.answer(SftpConstants.SSH_FXP_WRITE, oldest.answer));
              return path;
            });
      } catch (IOException e) {
        failed = true;
        throw e;
      }
      arrived = oldest.end;
    }
  }

  @Override
  public void flush() throws IOException {
    send();
    await(0);
  }

  @Override
  public void close() throws IOException {
    if (closed) {
      return;
    }
    closed = true;
    try {
      if (!failed) {
        send();
        await(0);
      }
    } catch (IOException e) {
      failed = true;
      throw e;
    } finally {
      if (failed) {
        cutOff();
        calls.closeLater(handle);
      }
    }
    if (!failed) {
      calls.close(handle, path);
    }
  }

  /** What was sent behind a write that failed may have arrived, with a hole before it. */
  private void cutOff() {
    try {
      for (Write write : unanswered) {
        calls.answer(SftpConstants.SSH_FXP_WRITE, write.answer);
      }
      calls.cut(handle, path, arrived);
    } catch (IOException e) {
      // The session is gone, or the server cannot.
    }
  }
}
