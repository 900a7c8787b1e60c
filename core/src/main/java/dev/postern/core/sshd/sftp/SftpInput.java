package dev.postern.core.sshd.sftp;

import dev.postern.sftp.SftpException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.apache.sshd.common.util.buffer.Buffer;
import org.apache.sshd.common.util.buffer.ByteArrayBuffer;
import org.apache.sshd.sftp.client.SftpClient.CloseableHandle;
import org.apache.sshd.sftp.client.impl.SftpResponse;
import org.apache.sshd.sftp.common.SftpConstants;
import org.jspecify.annotations.Nullable;

/** Reads a file with requests that run ahead. For one thread at a time. */
final class SftpInput extends InputStream {
  private static final int MOST_CHUNKS = 64;

  private final SftpCalls calls;
  private final ReadAhead readAhead;
  private final CloseableHandle handle;
  private final String path;
  private final Deque<Chunk> chunks = new ArrayDeque<>();
  private int chunkSize;
  private int window = 2;
  private long asked;
  private @Nullable Buffer current;
  private boolean ended;
  private boolean closed;

  SftpInput(SftpCalls calls, CloseableHandle handle, String path, long offset) {
    this.calls = calls;
    this.readAhead = calls.readAhead();
    this.handle = handle;
    this.path = path;
    this.chunkSize = calls.readSize();
    this.asked = offset;
  }

  private record Chunk(long offset, int length, boolean ahead, CompletableFuture<Buffer> answer) {}

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, target.length);
    if (closed) {
      throw new IOException("the stream is closed");
    }
    if (length == 0) {
      return 0;
    }
    Buffer data = current;
    if (data == null || data.available() == 0) {
      data = next();
      current = data;
    }
    if (data == null) {
      return -1;
    }
    int count = Math.min(length, data.available());
    data.getRawBytes(target, offset, count);
    return count;
  }

  /** The data that follows; null at the end. */
  private @Nullable Buffer next() throws IOException {
    if (ended) {
      return null;
    }
    askAhead();
    Chunk chunk = chunks.removeFirst();
    Buffer data = receive(chunk).orElse(null);
    if (data == null) {
      ended = true;
      return null;
    }
    window = Math.min(MOST_CHUNKS, window * 2);
    int missing = chunk.length - data.available();
    if (missing > 0) {
      // The end, or a server that gives less at a time: what is missing comes before what is asked.
      long offset = chunk.offset + data.available();
      chunks.addFirst(ask(offset, missing, false));
      chunkSize = Math.max(1024, Math.min(chunkSize, data.available()));
    }
    return data;
  }

  private void askAhead() throws IOException {
    if (chunks.isEmpty()) {
      chunks.addLast(ask(asked, chunkSize, false));
      asked += chunkSize;
    }
    while (chunks.size() < window && readAhead.take(chunkSize)) {
      chunks.addLast(ask(asked, chunkSize, true));
      asked += chunkSize;
    }
  }

  private Chunk ask(long offset, int length, boolean ahead) throws IOException {
    Buffer request = new ByteArrayBuffer();
    request.putBytes(handle.getIdentifier());
    request.putLong(offset);
    request.putUInt(length);
    return new Chunk(offset, length, ahead, calls.ask(SftpConstants.SSH_FXP_READ, request));
  }

  private Optional<Buffer> receive(Chunk chunk) throws IOException {
    try {
      return calls.guarded(
          path, () -> data(calls.answer(SftpConstants.SSH_FXP_READ, chunk.answer), chunk.length));
    } finally {
      forget(chunk);
    }
  }

  private Optional<Buffer> data(SftpResponse answer, int asked) throws IOException {
    if (answer.getType() != SftpConstants.SSH_FXP_DATA) {
      calls.expectEnd(answer);
      return Optional.empty();
    }
    Buffer body = answer.getBuffer();
    int length = body.getInt();
    if (length <= 0 || length > asked || length > body.available()) {
      throw calls.broken(
          "the server answered a read of %d bytes with %d"
              .formatted(asked, Integer.toUnsignedLong(length)));
    }
    body.wpos(body.rpos() + length);
    return Optional.of(body);
  }

  private void forget(Chunk chunk) {
    if (chunk.ahead) {
      readAhead.giveBack(chunk.length);
    }
  }

  /** Nobody waits for the answers: they are thrown away when they come. */
  @Override
  public void close() throws SftpException {
    if (closed) {
      return;
    }
    closed = true;
    current = null;
    chunks.forEach(this::forget);
    chunks.clear();
    calls.closeLater(handle);
  }
}
