package dev.postern.transport.proxy.socks;

import static java.nio.charset.StandardCharsets.UTF_8;

/** The fields of SOCKS 5 that begin with their length in one byte. */
final class Field {
  static final int LONGEST = 255;

  private Field() {}

  static byte[] utf8(String text) {
    return text.getBytes(UTF_8);
  }

  /** Writes a field, and gives the index behind it. */
  static int put(byte[] target, int index, byte[] value) {
    target[index] = (byte) value.length;
    System.arraycopy(value, 0, target, index + 1, value.length);
    return index + 1 + value.length;
  }
}
