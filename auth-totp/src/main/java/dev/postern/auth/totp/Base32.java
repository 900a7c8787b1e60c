package dev.postern.auth.totp;

import dev.postern.api.secret.SecretException;
import java.util.Arrays;

/** Base32 (RFC 4648 section 6) as people copy it: spaces, dashes, lower case, padding or none. */
final class Base32 {
  private static final int GROUP_BITS = 5;

  private Base32() {}

  static byte[] decode(char[] text) throws SecretException {
    byte[] result = new byte[text.length * GROUP_BITS / Byte.SIZE + 1];
    int length = 0;
    int bits = 0;
    int count = 0;
    for (char character : text) {
      if (character == ' '
          || character == '-'
          || character == '='
          || character == '\n'
          || character == '\r'
          || character == '\t') {
        continue;
      }
      bits = bits << GROUP_BITS | value(character);
      count += GROUP_BITS;
      if (count >= Byte.SIZE) {
        count -= Byte.SIZE;
        result[length++] = (byte) (bits >> count);
        bits &= (1 << count) - 1;
      }
    }
    if (length == 0) {
      throw new SecretException("the seed is empty");
    }
    byte[] exact = Arrays.copyOf(result, length);
    Arrays.fill(result, (byte) 0);
    return exact;
  }

  private static int value(char character) throws SecretException {
    char upper = Character.toUpperCase(character);
    if (upper >= 'A' && upper <= 'Z') {
      return upper - 'A';
    }
    if (upper >= '2' && upper <= '7') {
      return upper - '2' + 26;
    }
    throw new SecretException("the seed is not base32: it has a character other than A-Z and 2-7");
  }
}
