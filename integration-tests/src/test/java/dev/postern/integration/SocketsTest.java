package dev.postern.integration;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.postern.Postern;
import dev.postern.circuit.Circuit;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.net.SocketFactory;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/** Sockets of a circuit, through two real servers. */
@NeedsRealServers
@TestInstance(Lifecycle.PER_CLASS)
final class SocketsTest {
  private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

  private TwoHops hops;
  private Postern postern;
  private Circuit circuit;
  private SocketFactory sockets;

  @BeforeAll
  void open(@TempDir Path folder) throws Exception {
    hops = TwoHops.in(folder);
    postern = Postern.load(hops.configuration());
    circuit = postern.open("it");
    sockets = circuit.socketFactory();
  }

  @AfterAll
  void close() {
    circuit.close();
    postern.close();
    hops.close();
  }

  @Test
  void theReplyToAHalfClosedRequestStillArrives() throws Exception {
    byte[] request = new byte[3 << 20];
    new Random(1).nextBytes(request);
    try (ServerSocket server = new ServerSocket(0, 5, LOOPBACK)) {
      CompletableFuture<Void> answered = CompletableFuture.runAsync(() -> answerAtTheEnd(server));
      try (Socket socket = sockets.createSocket("localhost", server.getLocalPort())) {
        socket.getOutputStream().write(request);
        socket.shutdownOutput();
        assertThat(socket.isOutputShutdown()).isTrue();
        assertThat(socket.getInputStream().readAllBytes()).isEqualTo(request);
      }
      answered.get(20, TimeUnit.SECONDS);
    }
  }

  private static void answerAtTheEnd(ServerSocket server) {
    try (Socket client = server.accept();
        OutputStream output = client.getOutputStream()) {
      output.write(client.getInputStream().readAllBytes());
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Test
  void timeoutsOfReadsLeaveTheConnectionAsItWas() throws Exception {
    try (ServerSocket server = new ServerSocket(0, 5, LOOPBACK);
        Socket socket = sockets.createSocket("localhost", server.getLocalPort());
        Socket client = server.accept()) {
      InputStream input = socket.getInputStream();
      socket.setSoTimeout(50);
      assertThatThrownBy(input::read).isInstanceOf(SocketTimeoutException.class);
      assertThat(input.available()).isZero();
      client.getOutputStream().write("hello".getBytes(US_ASCII));
      socket.setSoTimeout(20_000);
      assertThat(new String(input.readNBytes(2), US_ASCII)).isEqualTo("he");
      assertThat(input.available()).isEqualTo(3);
      socket.shutdownInput();
      assertThat(input.read()).isEqualTo(-1);
      socket.getOutputStream().write('x');
      assertThat(client.getInputStream().read()).isEqualTo('x');
    }
  }

  @Test
  void whatTheOtherSideClosesIsAtItsEnd() throws Exception {
    try (ServerSocket server = new ServerSocket(0, 5, LOOPBACK);
        Socket socket = sockets.createSocket("localhost", server.getLocalPort())) {
      server.accept().close();
      assertThat(socket.getInputStream().read()).isEqualTo(-1);
    }
  }

  @Test
  void aReadThatWaitsEndsWhenTheSocketIsClosed() throws Exception {
    try (ServerSocket server = new ServerSocket(0, 5, LOOPBACK);
        Socket socket = sockets.createSocket("localhost", server.getLocalPort());
        Socket client = server.accept()) {
      CompletableFuture<Integer> reading =
          CompletableFuture.supplyAsync(
              () -> {
                try {
                  return socket.getInputStream().read();
                } catch (IOException e) {
                  throw new java.util.concurrent.CompletionException(e);
                }
              });
      socket.close();
      assertThatThrownBy(() -> reading.get(20, TimeUnit.SECONDS))
          .hasCauseInstanceOf(SocketException.class);
      assertThat(client.getInputStream().read()).isEqualTo(-1);
    }
  }

  @Test
  void aCircuitThatIsLostIsNamedByEverySocket(@TempDir Path another) throws Exception {
    try (TwoHops doomed = TwoHops.in(another);
        Postern own = Postern.load(doomed.configuration());
        Circuit lost = own.open("it");
        ServerSocket server = new ServerSocket(0, 5, LOOPBACK);
        Socket socket = lost.socketFactory().createSocket("localhost", server.getLocalPort())) {
      doomed.first().kill();
      String hop = "hop 1/2 " + doomed.user() + "@127.0.0.1";
      assertThatThrownBy(() -> socket.getInputStream().read())
          .isInstanceOf(SocketException.class)
          .hasMessageContaining(hop)
          .hasMessageContaining("[PST-T009]");
      lost.closed().toCompletableFuture().get(20, TimeUnit.SECONDS);
      assertThatThrownBy(() -> socket.getOutputStream().write(new byte[1 << 20]))
          .isInstanceOf(SocketException.class)
          .hasMessageContaining(hop);
    }
  }

  @Test
  void anHttpClientGoesThroughWithoutAListenerAndWithoutALookup() throws Exception {
    HttpServer server = HttpServer.create(new InetSocketAddress(LOOPBACK, 0), 0);
    server.createContext(
        "/",
        exchange -> {
          byte[] body = exchange.getRequestHeaders().getFirst("Host").getBytes(US_ASCII);
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
    List<String> before = OwnSockets.listening();
    OkHttpClient client =
        new OkHttpClient.Builder()
            .socketFactory(sockets)
            // The hop resolves names; this keeps them from being looked up here.
            .dns(host -> List.of(InetAddress.getByAddress(host, new byte[4])))
            .build();
    int port = server.getAddress().getPort();
    try {
      for (int i = 0; i < 3; i++) {
        Request request = new Request.Builder().url("http://localhost:" + port + "/").build();
        try (Response response = client.newCall(request).execute()) {
          assertThat(response.body().string()).isEqualTo("localhost:" + port);
        }
      }
      assertThat(OwnSockets.listening()).isEqualTo(before);
      Request nowhere = new Request.Builder().url("http://no-such-name.invalid/").build();
      assertThatThrownBy(() -> client.newCall(nowhere).execute())
          .isInstanceOf(java.net.ConnectException.class)
          .hasRootCauseInstanceOf(Exception.class)
          .satisfies(
              failure ->
                  assertThat(chain(failure)).contains("cannot reach no-such-name.invalid:80"));
    } finally {
      client.connectionPool().evictAll();
      client.dispatcher().executorService().shutdown();
      server.stop(0);
    }
  }

  private static String chain(Throwable failure) {
    StringBuilder all = new StringBuilder();
    for (Throwable next = failure; next != null; next = next.getCause()) {
      all.append(next.getMessage()).append('\n');
    }
    return all.toString();
  }
}
