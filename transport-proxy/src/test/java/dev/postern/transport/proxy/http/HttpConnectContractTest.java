package dev.postern.transport.proxy.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.postern.api.hop.Endpoint;
import dev.postern.testkit.contract.TransportContract;
import dev.postern.transport.proxy.wire.FakeProxy;
import dev.postern.transport.proxy.wire.RelayingProxy;
import java.io.IOException;
import java.net.Socket;
import org.junit.jupiter.api.AfterEach;

final class HttpConnectContractTest extends TransportContract {
  private final RelayingProxy proxy = new RelayingProxy(new Connect());

  @AfterEach
  void closeProxy() throws IOException {
    proxy.close();
  }

  @Override
  protected HttpConnectProvider provider() {
    return new HttpConnectProvider();
  }

  @Override
  protected String settings() {
    return "proxy = \"%s\", user = ann, password = \"open sesame\"".formatted(proxy.endpoint());
  }

  private static final class Connect implements RelayingProxy.Protocol {
    @Override
    public Endpoint target(Socket client) throws IOException {
      String[] words = new FakeProxy.Connection(client).head().split("[ :]", 4);
      return new Endpoint(words[1], Integer.parseInt(words[2]));
    }

    @Override
    public void connected(Socket client) throws IOException {
      say(client, "HTTP/1.1 200 OK\r\n\r\n");
    }

    @Override
    public void refused(Socket client) throws IOException {
      say(client, "HTTP/1.1 502 Bad Gateway\r\n\r\n");
    }

    private static void say(Socket client, String text) throws IOException {
      client.getOutputStream().write(text.getBytes(ISO_8859_1));
    }
  }
}
