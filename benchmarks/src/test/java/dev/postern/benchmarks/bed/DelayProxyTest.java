package dev.postern.benchmarks.bed;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

final class DelayProxyTest {
  private static final Duration DELAY = Duration.ofMillis(60);

  @Test
  void eachWayTakesTheDelayAndConnectingNothing() throws Exception {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        DelayProxy proxy = DelayProxy.before(server.getLocalPort())) {
      CompletableFuture<Void> echo = CompletableFuture.runAsync(() -> echo(server));
      proxy.delay(DELAY);
      long begin = System.nanoTime();
      try (Socket client = new Socket(InetAddress.getLoopbackAddress(), proxy.port())) {
        for (int i = 1; i <= 2; i++) {
          client.getOutputStream().write('x');
          assertThat(client.getInputStream().read()).isEqualTo('x');
          Duration elapsed = Duration.ofNanos(System.nanoTime() - begin);
          assertThat(elapsed).isGreaterThanOrEqualTo(DELAY.multipliedBy(2L * i));
        }
        client.shutdownOutput();
        assertThat(client.getInputStream().read()).isEqualTo(-1);
      }
      echo.get();
    }
  }

  private static void echo(ServerSocket server) {
    try (Socket socket = server.accept()) {
      socket.getInputStream().transferTo(socket.getOutputStream());
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
