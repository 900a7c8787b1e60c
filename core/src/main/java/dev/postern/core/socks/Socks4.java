package dev.postern.core.socks;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;

/** SOCKS 4, and 4a with its names, for CONNECT alone. */
final class Socks4 implements SocksDialect {
  private static final int CONNECT = 1;
  private static final int GRANTED = 90;
  private static final int REJECTED = 91;
  private static final int LONGEST = 255;

  private final ByteArrayOutputStream name = new ByteArrayOutputStream();
  private byte[] head = {};
  private boolean inName;
  private int length;

  /** Texts end with a NUL, so that they are taken byte by byte. */
  @Override
  public int wanted() {
    return head.length == 0 ? 7 : 1;
  }

  @Override
  public SocksStep take(byte[] bytes) {
    if (head.length == 0) {
      head = bytes;
      return new SocksStep.More(NOTHING);
    }
    if (bytes[0] == 0) {
      return textEnded();
    }
    if (++length > LONGEST) {
      return refuse("its client sent a text without an end");
    }
    if (inName) {
      name.write(bytes[0]);
    }
    return new SocksStep.More(NOTHING);
  }

  /** The first is the user's name, which says nothing here. */
  private SocksStep textEnded() {
    if (!inName && namesItsHost()) {
      inName = true;
      length = 0;
      return new SocksStep.More(NOTHING);
    }
    if (head[0] != CONNECT) {
      return refuse("its client asked for BIND, and SSH carries only connections");
    }
    int port = SocksDialect.port(head[1], head[2]);
    return connect(inName ? SocksDialect.text(name.toByteArray()) : literal(), port);
  }

  /** 4a: an address of 0.0.0.x that is not 0.0.0.0. */
  private boolean namesItsHost() {
    return head[3] == 0 && head[4] == 0 && head[5] == 0 && head[6] != 0;
  }

  private String literal() {
    return "%d.%d.%d.%d".formatted(head[3] & 0xff, head[4] & 0xff, head[5] & 0xff, head[6] & 0xff);
  }

  private SocksStep refuse(String reason) {
    return new SocksStep.Refused(reply(REJECTED), reason);
  }

  @Override
  public ByteBuffer granted() {
    return reply(GRANTED);
  }

  @Override
  public ByteBuffer refused(SocksFailure failure) {
    return reply(REJECTED);
  }

  private static ByteBuffer reply(int code) {
    return ByteBuffer.wrap(new byte[] {0, (byte) code, 0, 0, 0, 0, 0, 0});
  }
}
