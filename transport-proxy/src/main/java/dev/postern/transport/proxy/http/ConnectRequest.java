package dev.postern.transport.proxy.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.postern.api.hop.Endpoint;
import dev.postern.api.secret.Secret;
import dev.postern.api.secret.SecretValue;
import dev.postern.transport.proxy.wire.Credentials;
import dev.postern.transport.proxy.wire.Proxy;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The bytes of one CONNECT, overwritten when it was sent. */
final class ConnectRequest implements AutoCloseable {
  private final Proxy proxy;
  private final List<byte[]> parts = new ArrayList<>();

  ConnectRequest(Proxy proxy, Endpoint target) {
    this.proxy = proxy;
    add("CONNECT %s HTTP/1.1\r\nHost: %s\r\n".formatted(target, target));
  }

  void addHeaders(Map<String, Secret> headers) throws IOException, InterruptedException {
    for (Map.Entry<String, Secret> header : new TreeMap<>(headers).entrySet()) {
      String what = "the header '%s'".formatted(header.getKey());
      try (SecretValue value = Credentials.read(header.getValue(), what, proxy)) {
        byte[] bytes = value.utf8();
        add(header.getKey() + ": ");
        parts.add(bytes);
        if (!Headers.isValue(bytes)) {
          throw new IOException(
              "%s for %s has a line break or another control character".formatted(what, proxy));
        }
      }
      add("\r\n");
    }
  }

  void addBasic(Credentials own) throws IOException, InterruptedException {
    String what = "the password of the user '%s'".formatted(own.user());
    try (SecretValue password = Credentials.read(own.password(), what, proxy)) {
      byte[] secret = password.utf8();
      byte[] user = (own.user() + ":").getBytes(UTF_8);
      byte[] pair = Arrays.copyOf(user, user.length + secret.length);
      System.arraycopy(secret, 0, pair, user.length, secret.length);
      add(Headers.AUTHORIZATION + ": Basic ");
      parts.add(Base64.getEncoder().encode(pair));
      add("\r\n");
      Arrays.fill(secret, (byte) 0);
      Arrays.fill(pair, (byte) 0);
    }
  }

  private void add(String text) {
    parts.add(text.getBytes(UTF_8));
  }

  byte[] bytes() {
    add("\r\n");
    byte[] all = new byte[parts.stream().mapToInt(part -> part.length).sum()];
    int index = 0;
    for (byte[] part : parts) {
      System.arraycopy(part, 0, all, index, part.length);
      index += part.length;
    }
    close();
    parts.add(all);
    return all;
  }

  @Override
  public void close() {
    parts.forEach(part -> Arrays.fill(part, (byte) 0));
    parts.clear();
  }
}
