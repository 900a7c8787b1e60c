package dev.postern.socket;

import dev.postern.circuit.TcpStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.atomic.AtomicBoolean;

/** A stream that tells when it is closed, once. */
final class CountedStream implements TcpStream {
  private final TcpStream stream;
  private final Runnable whenClosed;
  private final AtomicBoolean closed = new AtomicBoolean();

  CountedStream(TcpStream stream, Runnable whenClosed) {
    this.stream = stream;
    this.whenClosed = whenClosed;
  }

  @Override
  public InputStream input() {
    return stream.input();
  }

  @Override
  public OutputStream output() {
    return stream.output();
  }

  @Override
  public void close() {
    stream.close();
    if (closed.compareAndSet(false, true)) {
      whenClosed.run();
    }
  }
}
