package dev.postern.core.socket;

import dev.postern.api.hop.Endpoint;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.SocketImpl;
import java.net.SocketOption;
import java.net.SocketTimeoutException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is behind a socket of a circuit. An interrupt ends what waits and closes the socket, as Java
 * has it for virtual threads: what was under way cannot be taken up again.
 */
final class CircuitSocketImpl extends SocketImpl {
  private final StreamLink link;
  private final OptionValues options = new OptionValues();
  private @Nullable Socket owner;

  CircuitSocketImpl(StreamConnector connector) {
    link = new StreamLink(connector);
  }

  void belongsTo(Socket socket) {
    owner = socket;
  }

  @Override
  protected void create(boolean streaming) throws SocketException {
    if (!streaming) {
      throw new SocketException("a circuit has no datagrams");
    }
  }

  @Override
  protected void connect(String host, int toPort) throws IOException {
    connect(InetSocketAddress.createUnresolved(host, toPort), 0);
  }

  @Override
  protected void connect(InetAddress host, int toPort) throws IOException {
    connect(new InetSocketAddress(host, toPort), 0);
  }

  @Override
  protected void connect(SocketAddress to, int timeout) throws IOException {
    try {
      Endpoint endpoint = Remote.endpoint((InetSocketAddress) to);
      link.open(endpoint, timeout);
      port = endpoint.port();
      address = Remote.address(endpoint.host());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      closeOwner();
      throw Failures.interrupted(e);
    } catch (IOException | RuntimeException e) {
      close();
      throw e;
    }
  }

  /** What a read or write failed with, as a socket would tell it. */
  private IOException failure(IOException cause) {
    if (cause instanceof InterruptedIOException && Thread.currentThread().isInterrupted()) {
      closeOwner();
      return Failures.interrupted(cause);
    }
    if (link.isClosed()) {
      return Failures.closed();
    }
    return Failures.exception(String.valueOf(cause.getMessage()), cause);
  }

  private void closeOwner() {
    try {
      if (owner != null) {
        owner.close();
      }
    } catch (IOException e) {
      // Our own close throws nothing.
    }
  }

  @Override
  protected InputStream getInputStream() {
    return new Input();
  }

  @Override
  protected OutputStream getOutputStream() {
    return new Output();
  }

  @Override
  protected int available() throws IOException {
    return link.stream().input().available();
  }

  @Override
  protected void close() {
    link.close();
  }

  @Override
  protected void shutdownInput() throws IOException {
    if (link.stream().input() instanceof TimedInput input) {
      input.ignore();
    }
  }

  @Override
  protected void shutdownOutput() throws IOException {
    link.stream().output().close();
  }

  @Override
  protected void bind(InetAddress host, int toPort) throws SocketException {
    if (!host.isAnyLocalAddress() || toPort != 0) {
      throw new SocketException(
          "a socket of a circuit cannot be bound to %s:%d: its near end is at the last hop"
              .formatted(host.getHostAddress(), toPort));
    }
  }

  @Override
  protected void listen(int backlog) throws SocketException {
    throw new SocketException("a socket of a circuit does not listen");
  }

  @Override
  protected void accept(SocketImpl accepted) throws SocketException {
    throw new SocketException("a socket of a circuit does not listen");
  }

  @Override
  protected void sendUrgentData(int data) throws SocketException {
    throw new SocketException("a circuit has no urgent data");
  }

  @Override
  public Object getOption(int option) {
    return options.get(option);
  }

  @Override
  public void setOption(int option, Object value) throws SocketException {
    expectOpen();
    options.set(option, value);
  }

  @Override
  @SuppressWarnings("unchecked")
  protected <T> T getOption(SocketOption<T> option) {
    return (T) options.get(option);
  }

  @Override
  protected <T> void setOption(SocketOption<T> option, T value) throws SocketException {
    expectOpen();
    options.set(option, value);
  }

  private void expectOpen() throws SocketException {
    if (link.isClosed()) {
      throw Failures.closed();
    }
  }

  @Override
  protected Set<SocketOption<?>> supportedOptions() {
    return OptionValues.supported();
  }

  private final class Input extends InputStream {
    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      InputStream input = link.stream().input();
      try {
        return input instanceof TimedInput timed
            ? timed.read(target, offset, length, options.readTimeout())
            : input.read(target, offset, length);
      } catch (SocketTimeoutException e) {
        throw e;
      } catch (IOException e) {
        throw failure(e);
      }
    }

    @Override
    public int available() throws IOException {
      return CircuitSocketImpl.this.available();
    }
  }

  private final class Output extends OutputStream {
    @Override
    public void write(int value) throws IOException {
      write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] source, int offset, int length) throws IOException {
      OutputStream output = link.stream().output();
      try {
        output.write(source, offset, length);
      } catch (IOException e) {
        throw failure(e);
      }
    }
  }
}
