package dev.postern.transport.proxy.socks;

import dev.postern.api.config.MisconfiguredException;
import dev.postern.api.hop.Endpoint;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;

/** The target as SOCKS 5 writes it. A name is sent as it is: the proxy resolves it. */
final class TargetAddress {
  static final int IPV4 = 1;
  static final int NAME = 3;
  static final int IPV6 = 4;

  private static final int VERSION = 5;
  private static final int CONNECT = 1;
  private static final String OCTET = "(25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)";
  private static final Pattern DOTTED = Pattern.compile(OCTET + "(\\." + OCTET + "){3}");

  private TargetAddress() {}

  static byte[] connectRequest(Endpoint target) {
    String host = target.host();
    boolean literal = host.indexOf(':') >= 0 || DOTTED.matcher(host).matches();
    byte[] address = literal ? literal(host) : name(host);
    byte[] request = new byte[6 + address.length + (literal ? 0 : 1)];
    request[0] = VERSION;
    request[1] = CONNECT;
    int end;
    if (literal) {
      request[3] = (byte) (address.length == 4 ? IPV4 : IPV6);
      System.arraycopy(address, 0, request, 4, address.length);
      end = 4 + address.length;
    } else {
      request[3] = NAME;
      end = Field.put(request, 4, address);
    }
    request[end] = (byte) (target.port() >> 8);
    request[end + 1] = (byte) target.port();
    return request;
  }

  /** With a colon or as four octets, this looks nothing up. */
  private static byte[] literal(String host) {
    try {
      if (host.indexOf('%') < 0) {
        return InetAddress.getByName(host).getAddress();
      }
    } catch (UnknownHostException e) {
      // Not an address either; said below.
    }
    throw new MisconfiguredException(
        "the host '%s' is not an address that a proxy can be told".formatted(host));
  }

  private static byte[] name(String host) {
    byte[] bytes = Field.utf8(host);
    if (bytes.length > Field.LONGEST) {
      throw new MisconfiguredException(
          "the host's name has %d bytes, and SOCKS 5 has room for 255".formatted(bytes.length));
    }
    return bytes;
  }
}
