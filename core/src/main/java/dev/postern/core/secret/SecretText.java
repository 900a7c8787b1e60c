package dev.postern.core.secret;

import dev.postern.api.secret.SecretException;
import dev.postern.api.secret.SecretValue;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * Reads a secret from bytes: bounded, without the newline that editors and commands put at the end.
 */
final class SecretText {
  private static final int LIMIT = 64 * 1024;

  private SecretText() {}

  static SecretValue read(InputStream input, String source) throws IOException, SecretException {
    byte[] bytes = input.readNBytes(LIMIT + 1);
    byte[] text = new byte[0];
    try {
      if (bytes.length > LIMIT) {
        throw new SecretException(
            "%s gave more than %d bytes, which is no secret".formatted(source, LIMIT));
      }
      text = Arrays.copyOf(bytes, withoutNewline(bytes));
      return SecretValue.ofUtf8(text);
    } catch (IllegalArgumentException e) {
      throw new SecretException("%s gave text that is not UTF-8".formatted(source), e);
    } finally {
      Arrays.fill(bytes, (byte) 0);
      Arrays.fill(text, (byte) 0);
    }
  }

  private static int withoutNewline(byte[] bytes) {
    int end = bytes.length;
    if (end > 0 && bytes[end - 1] == '\n') {
      end--;
    }
    if (end > 0 && bytes[end - 1] == '\r') {
      end--;
    }
    return end;
  }
}
