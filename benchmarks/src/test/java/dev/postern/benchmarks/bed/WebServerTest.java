package dev.postern.benchmarks.bed;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.Socket;
import org.junit.jupiter.api.Test;

final class WebServerTest {
  private static final String KEPT = answer("keep-alive");
  private static final String LAST = answer("close");

  private static String answer(String connection) {
    return "HTTP/1.1 200 OK\r\nConnection: "
        + connection
        + "\r\nContent-Length: 128\r\n\r\n"
        + "x".repeat(128);
  }

  @Test
  void aConnectionStaysUntilARequestClosesIt() throws Exception {
    try (WebServer server = WebServer.start();
        Socket client = new Socket(InetAddress.getLoopbackAddress(), server.address().port())) {
      client.getOutputStream().write("GET / HTTP/1.1\r\nHost: x".getBytes(US_ASCII));
      client.getOutputStream().write("\r\n\r\n".getBytes(US_ASCII));
      assertThat(client.getInputStream().readNBytes(KEPT.length()))
          .asString(US_ASCII)
          .isEqualTo(KEPT);
      client
          .getOutputStream()
          .write("GET / HTTP/1.1\r\nConnection: close\r\n\r\n".getBytes(US_ASCII));
      assertThat(client.getInputStream().readAllBytes()).asString(US_ASCII).isEqualTo(LAST);
    }
  }
}
