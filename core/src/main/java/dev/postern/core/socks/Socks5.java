package dev.postern.core.socks;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** SOCKS 5 (RFC 1928) without authentication, for CONNECT alone. */
final class Socks5 implements SocksDialect {
  private static final int VERSION = 5;
  private static final int CONNECT = 1;
  private static final int IPV4 = 1;
  private static final int NAME_TYPE = 3;
  private static final int IPV6 = 4;

  private Part part = Part.METHOD_COUNT;
  private int wanted = 1;
  private int command;
  private int addressType;

  private enum Part {
    METHOD_COUNT,
    METHODS,
    HEAD,
    NAME_LENGTH,
    ADDRESS
  }

  @Override
  public int wanted() {
    return wanted;
  }

  @Override
  public SocksStep take(byte[] bytes) {
    return switch (part) {
      case METHOD_COUNT -> {
        int count = bytes[0] & 0xff;
        yield count == 0 ? noMethod() : next(Part.METHODS, count, NOTHING);
      }
      case METHODS -> methods(bytes);
      case HEAD -> head(bytes);
      case NAME_LENGTH -> next(Part.ADDRESS, (bytes[0] & 0xff) + 2, NOTHING);
      case ADDRESS -> address(bytes);
    };
  }

  private SocksStep next(Part following, int count, ByteBuffer answer) {
    part = following;
    wanted = count;
    return new SocksStep.More(answer);
  }

  private SocksStep methods(byte[] methods) {
    for (byte method : methods) {
      if (method == 0) {
        return next(Part.HEAD, 4, ByteBuffer.wrap(new byte[] {VERSION, 0}));
      }
    }
    return noMethod();
  }

  private static SocksStep noMethod() {
    return new SocksStep.Refused(
        ByteBuffer.wrap(new byte[] {VERSION, (byte) 0xff}),
        "its client insists on signing in by SOCKS, and there is nothing to sign in to");
  }

  private SocksStep head(byte[] head) {
    command = head[1];
    addressType = head[3];
    if (head[0] != VERSION) {
      return refuse(SocksFailure.GENERAL, "its client broke the rules of SOCKS 5");
    }
    return switch (addressType) {
      case IPV4 -> next(Part.ADDRESS, 4 + 2, NOTHING);
      case IPV6 -> next(Part.ADDRESS, 16 + 2, NOTHING);
      case NAME_TYPE -> next(Part.NAME_LENGTH, 1, NOTHING);
      default ->
          refuse(
              SocksFailure.ADDRESS_TYPE_UNKNOWN, "its client named a kind of address unknown here");
    };
  }

  private SocksStep address(byte[] bytes) {
    if (command != CONNECT) {
      return refuse(
          SocksFailure.COMMAND_UNKNOWN,
          "its client asked for BIND or UDP, and SSH carries only connections");
    }
    byte[] host = Arrays.copyOf(bytes, bytes.length - 2);
    int port = SocksDialect.port(bytes[bytes.length - 2], bytes[bytes.length - 1]);
    return connect(addressType == NAME_TYPE ? SocksDialect.text(host) : literal(host), port);
  }

  private static String literal(byte[] address) {
    try {
      return InetAddress.getByAddress(address).getHostAddress();
    } catch (UnknownHostException e) {
      throw new IllegalStateException("an address of " + address.length + " bytes", e);
    }
  }

  private SocksStep refuse(SocksFailure failure, String reason) {
    return new SocksStep.Refused(refused(failure), reason);
  }

  @Override
  public ByteBuffer granted() {
    return reply(0);
  }

  @Override
  public ByteBuffer refused(SocksFailure failure) {
    return reply(failure.code());
  }

  private static ByteBuffer reply(int code) {
    return ByteBuffer.wrap(new byte[] {VERSION, (byte) code, 0, IPV4, 0, 0, 0, 0, 0, 0});
  }
}
