package dev.postern.core.circuit;

import dev.postern.circuit.CircuitException;
import dev.postern.circuit.TcpStream;
import dev.postern.core.socket.TimedInput;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.SocketTimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A stream that a circuit handed out: it ends with the circuit, and says why. */
final class TrackedStream implements TcpStream {
  private final TcpStream stream;
  private final Consumer<TrackedStream> closed;
  private final InputStream input;
  private final OutputStream output;
  private volatile @Nullable CircuitException lost;

  TrackedStream(TcpStream stream, Consumer<TrackedStream> closed) {
    this.stream = stream;
    this.closed = closed;
    this.input = new Input();
    this.output = new Output(stream.output());
  }

  /** The circuit is lost, and the stream is about to be closed. */
  void lost(CircuitException why) {
    lost = why;
  }

  @Override
  public InputStream input() {
    return input;
  }

  @Override
  public OutputStream output() {
    return output;
  }

  @Override
  public void close() {
    closed.accept(this);
    stream.close();
  }

  /** Whoever is told that the circuit was closed would look for the one who did. */
  private IOException failure(IOException seen) {
    CircuitException why = lost;
    return why == null || seen instanceof SocketTimeoutException
        ? seen
        : new IOException(why.getMessage(), why);
  }

  private final class Input extends TimedInput {
    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      return read(target, offset, length, 0);
    }

    @Override
    public int read(byte[] target, int offset, int length, int timeoutMillis) throws IOException {
      InputStream received = stream.input();
      try {
        return received instanceof TimedInput timed
            ? timed.read(target, offset, length, timeoutMillis)
            : received.read(target, offset, length);
      } catch (IOException e) {
        throw failure(e);
      }
    }

    @Override
    public int available() throws IOException {
      return stream.input().available();
    }

    @Override
    public void ignore() {
      if (stream.input() instanceof TimedInput timed) {
        timed.ignore();
      }
    }

    @Override
    public void close() throws IOException {
      stream.input().close();
    }
  }

  private final class Output extends FilterOutputStream {
    Output(OutputStream sent) {
      super(sent);
    }

    @Override
    public void write(int value) throws IOException {
      write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] source, int offset, int length) throws IOException {
      try {
        out.write(source, offset, length);
      } catch (IOException e) {
        throw failure(e);
      }
    }

    @Override
    public void close() throws IOException {
      out.close();
    }
  }
}
