package dev.postern.transport.proxy.wire;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.postern.api.hop.Endpoint;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A listener on loopback that does with its connections, in their order, what the test says. */
public final class FakeProxy implements AutoCloseable {
  private final ServerSocket listener;
  private final List<Script> scripts;
  private final List<Socket> accepted = new CopyOnWriteArrayList<>();
  private final List<Throwable> failures = new CopyOnWriteArrayList<>();
  private final Thread thread = new Thread(this::serve, "fake-proxy");

  private FakeProxy(Script... scripts) {
    this.scripts = List.of(scripts);
    try {
      this.listener = new ServerSocket(0, 5, InetAddress.getByName("127.0.0.1"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** One script for each connection. */
  public static FakeProxy of(Script... scripts) {
    FakeProxy proxy = new FakeProxy(scripts);
    proxy.thread.setDaemon(true);
    proxy.thread.start();
    return proxy;
  }

  /** Its place. */
  public Endpoint endpoint() {
    return new Endpoint("127.0.0.1", listener.getLocalPort());
  }

  /** How many connections there were. */
  public int connections() {
    return accepted.size();
  }

  private void serve() {
    try {
      for (Script script : scripts) {
        Socket socket = listener.accept();
        accepted.add(socket);
        socket.setTcpNoDelay(true);
        script.run(new Connection(socket));
      }
    } catch (IOException | AssertionError e) {
      failures.add(e);
    }
  }

  /** Fails if a script did not see what it expected. */
  public void done() throws InterruptedException {
    thread.join(10_000);
    if (thread.isAlive() || !failures.isEmpty()) {
      throw new AssertionError("the script did not end well: " + failures);
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
    for (Socket socket : accepted) {
      socket.close();
    }
  }

  /** What happens on a connection. It stays open unless the script closes it. */
  @FunctionalInterface
  public interface Script {
    /** Plays the proxy. */
    void run(Connection connection) throws IOException;
  }

  /** One connection. */
  public record Connection(Socket socket) {
    /** Reads exactly these bytes. */
    public void expect(String hex) throws IOException {
      byte[] expected = HexFormat.of().parseHex(hex.replace(" ", ""));
      byte[] got = socket.getInputStream().readNBytes(expected.length);
      if (!Arrays.equals(got, expected)) {
        throw new AssertionError("expected " + hex + ", got " + HexFormat.of().formatHex(got));
      }
    }

    /** Reads a request up to its empty line. */
    public String head() throws IOException {
      StringBuilder head = new StringBuilder();
      while (head.indexOf("\r\n\r\n") < 0) {
        int next = socket.getInputStream().read();
        if (next < 0) {
          throw new AssertionError("the request ended: " + head);
        }
        head.append((char) next);
      }
      return head.toString();
    }

    /** Sends these bytes at once. */
    public void send(String hex) throws IOException {
      socket.getOutputStream().write(HexFormat.of().parseHex(hex.replace(" ", "")));
    }

    /** Sends this text at once. */
    public void say(String text) throws IOException {
      socket.getOutputStream().write(text.getBytes(ISO_8859_1));
    }

    /** Sends this text a byte at a time. */
    public void sayByteByByte(String text) throws IOException {
      OutputStream output = socket.getOutputStream();
      for (byte each : text.getBytes(ISO_8859_1)) {
        output.write(each);
        output.flush();
      }
    }

    /** Ends it. */
    public void close() throws IOException {
      socket.close();
    }
  }
}
