package dev.postern.core.hostkey;

import java.math.BigInteger;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Reads the data types of RFC 4251 section 5, never past the end of what it was given. */
final class WireReader {
  /** OpenSSH's limit for one number, too. */
  private static final int NUMBER_LIMIT_BYTES = 16_384 / 8 + 1;

  private final ByteBuffer buffer;

  WireReader(byte[] bytes) {
    buffer = ByteBuffer.wrap(bytes);
  }

  byte[] bytes() throws MalformedKeyException {
    long length = Integer.toUnsignedLong(uint32());
    if (length > buffer.remaining()) {
      throw new MalformedKeyException("it ends too early");
    }
    byte[] result = new byte[(int) length];
    buffer.get(result);
    return result;
  }

  String text() throws MalformedKeyException {
    return new String(bytes(), StandardCharsets.UTF_8);
  }

  int uint32() throws MalformedKeyException {
    try {
      return buffer.getInt();
    } catch (BufferUnderflowException e) {
      throw truncated(e);
    }
  }

  /** An unsigned number in a long. */
  long uint64() throws MalformedKeyException {
    try {
      return buffer.getLong();
    } catch (BufferUnderflowException e) {
      throw truncated(e);
    }
  }

  /** An mpint that must be positive. */
  BigInteger number() throws MalformedKeyException {
    byte[] bytes = bytes();
    if (bytes.length == 0 || bytes.length > NUMBER_LIMIT_BYTES) {
      throw new MalformedKeyException("one of its numbers has " + bytes.length + " bytes");
    }
    BigInteger result = new BigInteger(bytes);
    if (result.signum() <= 0) {
      throw new MalformedKeyException("one of its numbers is not positive");
    }
    return result;
  }

  boolean atEnd() {
    return !buffer.hasRemaining();
  }

  int position() {
    return buffer.position();
  }

  void expectEnd() throws MalformedKeyException {
    if (!atEnd()) {
      throw new MalformedKeyException("it goes on after its end");
    }
  }

  private static MalformedKeyException truncated(BufferUnderflowException cause) {
    MalformedKeyException result = new MalformedKeyException("it ends too early");
    result.initCause(cause);
    return result;
  }
}
