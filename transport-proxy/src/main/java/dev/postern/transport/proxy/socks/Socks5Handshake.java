package dev.postern.transport.proxy.socks;

import dev.postern.api.hop.Endpoint;
import dev.postern.api.hop.HopContext;
import dev.postern.api.secret.SecretValue;
import dev.postern.transport.proxy.wire.Credentials;
import dev.postern.transport.proxy.wire.Handshake;
import dev.postern.transport.proxy.wire.Proxy;
import dev.postern.transport.proxy.wire.ProxyConnection;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;

/** The words of RFC 1928. Everything that is read has a length of at most 255. */
final class Socks5Handshake implements Handshake {
  private static final int VERSION = 5;
  private static final int NO_AUTHENTICATION = 0;
  private static final int USER_AND_PASSWORD = 2;
  private static final int NONE_ACCEPTED = 0xff;
  private static final int SUBNEGOTIATION_VERSION = 1;

  private final Proxy proxy;
  private final Optional<Credentials> credentials;
  private final HopContext hop;

  Socks5Handshake(Proxy proxy, Optional<Credentials> credentials, HopContext hop) {
    this.proxy = proxy;
    this.credentials = credentials;
    this.hop = hop;
  }

  @Override
  public ProxyConnection perform(Endpoint target, Connector connector)
      throws IOException, InterruptedException {
    byte[] request = TargetAddress.connectRequest(target);
    ProxyConnection connection = connector.connect();
    if (agreeOnMethod(connection) == USER_AND_PASSWORD) {
      signIn(connection, credentials.orElseThrow());
    }
    connection.send("CONNECT " + target, request);
    expectVersion(connection.receive());
    int reply = connection.receive();
    if (reply != 0) {
      throw new IOException(ReplyCode.sentence(reply, proxy, target));
    }
    connection.receive();
    skipBoundAddress(connection);
    hop.note("%s connected to %s".formatted(proxy, target));
    return connection;
  }

  private int agreeOnMethod(ProxyConnection connection) throws IOException, InterruptedException {
    byte[] offer =
        credentials.isPresent()
            ? new byte[] {VERSION, 2, NO_AUTHENTICATION, USER_AND_PASSWORD}
            : new byte[] {VERSION, 1, NO_AUTHENTICATION};
    connection.send("the greeting", offer);
    expectVersion(connection.receive());
    int method = connection.receive();
    if (method == NO_AUTHENTICATION || (method == USER_AND_PASSWORD && credentials.isPresent())) {
      return method;
    }
    if (method != NONE_ACCEPTED) {
      throw new IOException(
          "%s chose a way to sign in that was not offered (0x%02x); it is broken, or no SOCKS 5 proxy"
              .formatted(proxy, method));
    }
    throw new IOException(
        credentials.isPresent()
            ? "%s accepts neither user and password nor anybody without; it wants a way to sign in that is not served"
                .formatted(proxy)
            : "%s wants us to sign in; set 'user' and 'password' of the transport"
                .formatted(proxy));
  }

  private void signIn(ProxyConnection connection, Credentials own)
      throws IOException, InterruptedException {
    String what = "the password of the user '%s'".formatted(own.user());
    byte[] request;
    try (SecretValue password = Credentials.read(own.password(), what, proxy)) {
      request = subnegotiation(own.user(), password);
    }
    try {
      connection.send(what, request);
    } finally {
      Arrays.fill(request, (byte) 0);
    }
    int version = connection.receive();
    int status = connection.receive();
    if (version != SUBNEGOTIATION_VERSION || status != 0) {
      throw new IOException(
          "%s refused the user '%s'; check user and password".formatted(proxy, own.user()));
    }
    hop.note("signed in to %s as %s".formatted(proxy, own.user()));
  }

  private byte[] subnegotiation(String name, SecretValue password) throws IOException {
    byte[] user = Field.utf8(name);
    byte[] secret = password.utf8();
    try {
      if (secret.length == 0 || secret.length > Field.LONGEST) {
        throw new IOException(
            "the password of the user '%s' for %s has no length that SOCKS 5 can send: 1 to 255 bytes"
                .formatted(name, proxy));
      }
      byte[] request = new byte[3 + user.length + secret.length];
      request[0] = SUBNEGOTIATION_VERSION;
      Field.put(request, Field.put(request, 1, user), secret);
      return request;
    } finally {
      Arrays.fill(secret, (byte) 0);
    }
  }

  private void expectVersion(int version) throws IOException {
    if (version != VERSION) {
      throw new IOException(
          "what listens at %s is not a SOCKS 5 proxy: it answered with the byte 0x%02x; check 'proxy'"
              .formatted(proxy.endpoint(), version));
    }
  }

  private void skipBoundAddress(ProxyConnection connection)
      throws IOException, InterruptedException {
    int type = connection.receive();
    int length =
        switch (type) {
          case TargetAddress.IPV4 -> 4;
          case TargetAddress.IPV6 -> 16;
          case TargetAddress.NAME -> connection.receive();
          default ->
              throw new IOException(
                  "%s answered with an address of an unknown kind (0x%02x); it is broken, or no SOCKS 5 proxy"
                      .formatted(proxy, type));
        };
    connection.receive(length + 2);
  }
}
