package dev.postern.auth.publickey;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Reads the data types of RFC 4251 section 5; whatever is short or absurd is refused. */
final class WireReader {
  private final ByteBuffer buffer;

  WireReader(byte[] bytes) {
    this.buffer = ByteBuffer.wrap(bytes);
  }

  int octet() throws KeyFormatException {
    need(1);
    return buffer.get() & 0xff;
  }

  int uint32() throws KeyFormatException {
    need(Integer.BYTES);
    return buffer.getInt();
  }

  /** An unsigned number: compare it as such. */
  long uint64() throws KeyFormatException {
    need(Long.BYTES);
    return buffer.getLong();
  }

  byte[] string() throws KeyFormatException {
    int length = uint32();
    if (length < 0 || length > buffer.remaining()) {
      throw new KeyFormatException("a length reaches beyond the end of the data");
    }
    return take(length);
  }

  String text() throws KeyFormatException {
    return new String(string(), StandardCharsets.UTF_8);
  }

  BigInteger mpint() throws KeyFormatException {
    byte[] bytes = string();
    return bytes.length == 0 ? BigInteger.ZERO : new BigInteger(bytes);
  }

  byte[] take(int length) throws KeyFormatException {
    need(length);
    byte[] bytes = new byte[length];
    buffer.get(bytes);
    return bytes;
  }

  byte[] rest() {
    byte[] bytes = new byte[buffer.remaining()];
    buffer.get(bytes);
    return bytes;
  }

  private void need(int length) throws KeyFormatException {
    if (buffer.remaining() < length) {
      throw new KeyFormatException("the data ends too early");
    }
  }
}
