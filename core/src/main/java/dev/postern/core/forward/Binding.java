package dev.postern.core.forward;

import static java.net.StandardSocketOptions.SO_REUSEADDR;

import dev.postern.circuit.Phase;
import dev.postern.core.hop.HopFailure;
import dev.postern.core.text.Sanitiser;
import dev.postern.problem.Code;
import dev.postern.route.ForwardAddress;
import dev.postern.route.ForwardAddress.Tcp;
import dev.postern.route.ForwardAddress.UnixSocket;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.channels.ServerSocketChannel;

/** A socket of this machine that listens. */
record Binding(ServerSocketChannel socket, ForwardAddress address, Runnable removal) {
  private static final int BACKLOG = 128;

  /** Begins to listen. May block on the look-up of a host. */
  static Binding open(ForwardAddress wanted, boolean unlink) throws HopFailure {
    try {
      if (wanted instanceof UnixSocket unix) {
        return UnixBinding.open(unix, unlink, BACKLOG);
      }
      return open((Tcp) wanted);
    } catch (UnknownHostException e) {
      throw unbound(
          wanted, "this machine knows no such host", "give an address of this machine", e);
    } catch (IOException | RuntimeException e) {
      throw unbound(wanted, words(e), "choose another port, or 0 for any free one", e);
    }
  }

  private static Binding open(Tcp wanted) throws IOException {
    InetSocketAddress address =
        wanted.host().equals("*")
            ? new InetSocketAddress(wanted.port())
            : new InetSocketAddress(InetAddress.getByName(wanted.host()), wanted.port());
    ServerSocketChannel socket = ServerSocketChannel.open();
    try {
      socket.setOption(SO_REUSEADDR, true).bind(address, BACKLOG).configureBlocking(false);
      int port = ((InetSocketAddress) socket.getLocalAddress()).getPort();
      return new Binding(socket, new Tcp(wanted.host(), port), () -> {});
    } catch (IOException | RuntimeException e) {
      SocketLoop.quietly(socket);
      throw e;
    }
  }

  static HopFailure unbound(ForwardAddress wanted, String reason, String advice, Throwable cause) {
    return new HopFailure(
        Code.FORWARD_BIND_FAILED,
        Phase.CHANNEL,
        "cannot listen on %s: %s; %s".formatted(wanted, reason, advice),
        cause);
  }

  static String words(Exception failure) {
    String message = failure.getMessage();
    return Sanitiser.line(message == null ? failure.toString() : message);
  }

  void close() {
    SocketLoop.quietly(socket);
    removal.run();
  }
}
