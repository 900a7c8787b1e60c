package dev.postern.core.socket;

import dev.postern.circuit.TcpStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.SocketTimeoutException;

/** A stream whose other side says nothing until it is closed. */
public final class FakeStream implements TcpStream {
  public final ByteArrayOutputStream sent = new ByteArrayOutputStream();
  public boolean closed;
  int ignored;

  @Override
  public InputStream input() {
    return new Silence();
  }

  @Override
  public OutputStream output() {
    return sent;
  }

  @Override
  public synchronized void close() {
    closed = true;
    notifyAll();
  }

  private synchronized void await(int timeoutMillis) throws IOException {
    try {
      if (!closed) {
        wait(timeoutMillis);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new java.io.InterruptedIOException("interrupted");
    }
    if (!closed) {
      throw new SocketTimeoutException("Read timed out");
    }
    throw new IOException("the channel is closed");
  }

  private final class Silence extends TimedInput {
    @Override
    public int read() throws IOException {
      return read(new byte[1], 0, 1, 0);
    }

    @Override
    public int read(byte[] target, int offset, int length, int timeoutMillis) throws IOException {
      await(timeoutMillis);
      return -1;
    }

    @Override
    public void ignore() {
      ignored++;
    }
  }
}
