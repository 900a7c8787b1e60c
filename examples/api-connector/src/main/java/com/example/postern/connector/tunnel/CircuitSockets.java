package com.example.postern.connector.tunnel;

import dev.postern.api.hop.Endpoint;
import dev.postern.circuit.Circuit;
import dev.postern.circuit.TcpStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import javax.net.SocketFactory;

/**
 * Sockets whose connections are channels of a circuit: nothing listens on this machine. All lead to
 * one endpoint, whatever address they are given.
 */
final class CircuitSockets extends SocketFactory {
  private final Supplier<Circuit> circuit;
  private final Endpoint target;

  /** Each connection uses the circuit that is there when it is made. */
  CircuitSockets(Supplier<Circuit> circuit, Endpoint target) {
    this.circuit = circuit;
    this.target = target;
  }

  @Override
  public Socket createSocket() {
    return new ChannelSocket(circuit, target);
  }

  @Override
  public Socket createSocket(String host, int port) throws IOException {
    Socket socket = createSocket();
    socket.connect(null);
    return socket;
  }

  @Override
  public Socket createSocket(String host, int port, InetAddress localHost, int localPort)
      throws IOException {
    return createSocket(host, port);
  }

  @Override
  public Socket createSocket(InetAddress host, int port) throws IOException {
    return createSocket(host.getHostAddress(), port);
  }

  @Override
  public Socket createSocket(InetAddress host, int port, InetAddress localHost, int localPort)
      throws IOException {
    return createSocket(host, port);
  }

  /** Time-outs of reads are its user's: OkHttp closes a socket that is silent for too long. */
  private static final class ChannelSocket extends Socket {
    private final Supplier<Circuit> circuit;
    private final Endpoint target;
    private TcpStream stream;
    private int timeout;
    private boolean closed;

    ChannelSocket(Supplier<Circuit> circuit, Endpoint target) {
      this.circuit = circuit;
      this.target = target;
    }

    @Override
    public void connect(SocketAddress address) throws IOException {
      connect(address, 0);
    }

    @Override
    public void connect(SocketAddress address, int milliseconds) throws IOException {
      CompletableFuture<TcpStream> opening =
          circuit.get().openTcpAsync(target).toCompletableFuture();
      TcpStream opened;
      try {
        opened =
            milliseconds == 0 ? opening.get() : opening.get(milliseconds, TimeUnit.MILLISECONDS);
      } catch (TimeoutException e) {
        opening.cancel(true);
        throw new SocketTimeoutException("the far end took too long to connect to " + target);
      } catch (InterruptedException e) {
        opening.cancel(true);
        Thread.currentThread().interrupt();
        throw new InterruptedIOException("interrupted");
      } catch (ExecutionException e) {
        throw new IOException(e.getCause().getMessage(), e.getCause());
      }
      synchronized (this) {
        if (!closed) {
          stream = opened;
          return;
        }
      }
      opened.close();
      throw new SocketException("closed while it connected");
    }

    private synchronized TcpStream stream() throws SocketException {
      if (closed || stream == null) {
        throw new SocketException(closed ? "the socket is closed" : "the socket is not connected");
      }
      return stream;
    }

    @Override
    public InputStream getInputStream() throws IOException {
      return stream().input();
    }

    @Override
    public OutputStream getOutputStream() throws IOException {
      return stream().output();
    }

    @Override
    public void shutdownOutput() throws IOException {
      stream().output().close();
    }

    @Override
    public void close() {
      TcpStream open;
      synchronized (this) {
        closed = true;
        open = stream;
      }
      if (open != null) {
        open.close();
      }
    }

    @Override
    public synchronized boolean isClosed() {
      return closed;
    }

    @Override
    public synchronized boolean isConnected() {
      return stream != null;
    }

    @Override
    public int getPort() {
      return target.port();
    }

    @Override
    public synchronized int getSoTimeout() {
      return timeout;
    }

    @Override
    public synchronized void setSoTimeout(int milliseconds) {
      timeout = milliseconds;
    }

    @Override
    public void setTcpNoDelay(boolean on) {
      // A channel has no such delay.
    }

    @Override
    public String toString() {
      return "socket to " + target;
    }
  }
}
