package dev.postern.cli.run;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/** Keeps a character together that came in two pieces. */
final class Utf8Pieces {
  private byte[] rest = new byte[0];

  /** The bytes with the rest of those before, up to the last whole character. */
  byte[] add(byte[] bytes) {
    byte[] all = Arrays.copyOf(rest, rest.length + bytes.length);
    System.arraycopy(bytes, 0, all, rest.length, bytes.length);
    int end = all.length - unfinished(all);
    rest = Arrays.copyOfRange(all, end, all.length);
    return Arrays.copyOf(all, end);
  }

  byte[] rest() {
    return rest;
  }

  /** How many bytes at the end are the beginning of a character (RFC 3629). */
  private static int unfinished(byte[] all) {
    for (int back = 1; back <= Math.min(3, all.length); back++) {
      int octet = all[all.length - back] & 0xff;
      if (octet >= 0xc0) {
        int length = octet >= 0xf0 ? 4 : octet >= 0xe0 ? 3 : 2;
        return length > back ? back : 0;
      }
      if (octet < 0x80) {
        return 0;
      }
    }
    return 0;
  }

  static Optional<String> text(byte[] bytes) {
    try {
      return Optional.of(
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }
}
