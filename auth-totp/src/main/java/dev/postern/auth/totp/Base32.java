package dev.postern.auth.totp;

import dev.postern.api.secret.SecretException;
import java.util.Arrays;

/** Base32 (RFC 4648 section 6) as people copy it: spaces, dashes, lower case, padding or none. */
final class Base32 {
  private static final int GROUP_BITS = 5;
  private static final String IGNORED = " -=\t\r\n\u00a0";

  private Base32() {}

  /** The bytes, which the caller wipes. The message of a failure never quotes the text. */
  static byte[] decode(CharSequence text) throws SecretException {
    byte[] result = new byte[text.length() * GROUP_BITS / Byte.SIZE + 1];
    try {
      int length = 0;
      int bits = 0;
      int count = 0;
      for (int i = 0; i < text.length(); i++) {
        char character = text.charAt(i);
        if (IGNORED.indexOf(character) >= 0) {
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
        throw new SecretException("the seed is empty; give it in base32, or as otpauth:// URI");
      }
      return Arrays.copyOf(result, length);
    } finally {
      Arrays.fill(result, (byte) 0);
    }
  }

  private static int value(char character) throws SecretException {
    if (character >= 'A' && character <= 'Z') {
      return character - 'A';
    }
    if (character >= 'a' && character <= 'z') {
      return character - 'a';
    }
    if (character >= '2' && character <= '7') {
      return character - '2' + 26;
    }
    throw new SecretException(
        "the seed is not base32: it has a character other than A to Z and 2 to 7");
  }
}
