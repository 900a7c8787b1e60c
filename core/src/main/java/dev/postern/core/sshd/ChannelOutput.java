package dev.postern.core.sshd;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.util.Objects;
import org.apache.sshd.common.io.IoWriteFuture;
import org.apache.sshd.common.util.buffer.ByteArrayBuffer;

/**
 * Writes to a channel on the caller's thread, a packet at a time: it waits while the remote window
 * is full and while the link is, so no more than a packet of ours is ever in memory. Closing it
 * sends the end of file (RFC 4254 section 5.3).
 */
final class ChannelOutput extends OutputStream {
  private final StreamingChannel channel;
  private boolean closed;

  ChannelOutput(StreamingChannel channel) {
    this.channel = channel;
  }

  @Override
  public void write(int value) throws IOException {
    write(new byte[] {(byte) value}, 0, 1);
  }

  @Override
  public synchronized void write(byte[] source, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, source.length);
    if (closed) {
      throw new IOException("the stream is closed");
    }
    int packet = channel.packetSize();
    for (int done = 0; done < length; ) {
      int count = Math.min(packet, length - done);
      send(new ByteArrayBuffer(source, offset + done, count));
      done += count;
    }
  }

  private void send(ByteArrayBuffer packet) throws IOException {
    IoWriteFuture written;
    try {
      written = channel.send(packet);
      written.await();
    } catch (InterruptedIOException e) {
      // The packet may be on its way, and its bytes are the caller's again: nothing can follow it.
      channel.shut();
      Thread.currentThread().interrupt();
      throw e;
    } catch (IOException e) {
      throw channel.broken(e);
    }
    if (!written.isWritten()) {
      throw channel.broken(written.getException());
    }
  }

  @Override
  public synchronized void close() throws IOException {
    if (closed) {
      return;
    }
    closed = true;
    channel.sendEnd();
  }
}
