package com.example.postern.vault;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Reads the data types of RFC 4251 section 5; whatever is short or absurd is refused. */
final class WireReader {
  private final ByteBuffer buffer;

  WireReader(byte[] bytes) {
    this.buffer = ByteBuffer.wrap(bytes);
  }

  int uint32() {
    need(Integer.BYTES);
    return buffer.getInt();
  }

  /** An unsigned number: compare it as such. */
  long uint64() {
    need(Long.BYTES);
    return buffer.getLong();
  }

  byte[] string() {
    int length = uint32();
    need(length);
    byte[] bytes = new byte[length];
    buffer.get(bytes);
    return bytes;
  }

  String text() {
    return new String(string(), StandardCharsets.UTF_8);
  }

  boolean isAtEnd() {
    return !buffer.hasRemaining();
  }

  private void need(int length) {
    if (length < 0 || buffer.remaining() < length) {
      throw new IllegalArgumentException("it ends too early");
    }
  }
}
