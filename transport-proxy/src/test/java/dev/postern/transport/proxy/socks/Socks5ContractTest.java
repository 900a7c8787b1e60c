package dev.postern.transport.proxy.socks;

import dev.postern.api.hop.Endpoint;
import dev.postern.testkit.contract.TransportContract;
import dev.postern.transport.proxy.wire.FakeProxy;
import dev.postern.transport.proxy.wire.RelayingProxy;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import org.junit.jupiter.api.AfterEach;

final class Socks5ContractTest extends TransportContract {
  private final RelayingProxy proxy = new RelayingProxy(new Socks5());

  @AfterEach
  void closeProxy() throws IOException {
    proxy.close();
  }

  @Override
  protected Socks5Provider provider() {
    return new Socks5Provider();
  }

  @Override
  protected String settings() {
    return "proxy = \"%s\", user = ann, password = \"open sesame\"".formatted(proxy.endpoint());
  }

  /** RFC 1928, for those who ask for an address of version 4. */
  private static final class Socks5 implements RelayingProxy.Protocol {
    @Override
    public Endpoint target(Socket client) throws IOException {
      FakeProxy.Connection connection = new FakeProxy.Connection(client);
      connection.expect("05 02 00 02");
      connection.send("05 00");
      connection.expect("05 01 00 01");
      DataInputStream input = new DataInputStream(client.getInputStream());
      byte[] address = input.readNBytes(4);
      return new Endpoint(
          InetAddress.getByAddress(address).getHostAddress(), input.readUnsignedShort());
    }

    @Override
    public void connected(Socket client) throws IOException {
      new FakeProxy.Connection(client).send("05 00 00 01 00000000 0000");
    }

    @Override
    public void refused(Socket client) throws IOException {
      new FakeProxy.Connection(client).send("05 05 00 01 00000000 0000");
    }
  }
}
