package dev.postern.auth.publickey;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Writes the data types of RFC 4251 section 5. */
final class WireWriter {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  WireWriter octet(int value) {
    out.write(value);
    return this;
  }

  WireWriter uint32(int value) {
    out.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(value).array());
    return this;
  }

  WireWriter string(byte[] bytes) {
    uint32(bytes.length);
    out.writeBytes(bytes);
    return this;
  }

  WireWriter text(String text) {
    return string(text.getBytes(StandardCharsets.UTF_8));
  }

  WireWriter mpint(BigInteger value) {
    return string(value.signum() == 0 ? new byte[0] : value.toByteArray());
  }

  byte[] bytes() {
    return out.toByteArray();
  }
}
