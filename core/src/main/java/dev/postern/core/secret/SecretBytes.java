package dev.postern.core.secret;

import dev.postern.api.secret.SecretException;
import dev.postern.api.secret.SecretValue;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/** What a file or a command gave, on its way to a secret. */
final class SecretBytes implements AutoCloseable {
  /** The most a secret may have. */
  static final int LIMIT = 64 * 1024;

  private final byte[] buffer;
  private final int length;

  private SecretBytes(byte[] buffer, int length) {
    this.buffer = buffer;
    this.length = length;
  }

  /** Reads to the end, or one byte beyond the limit. */
  static SecretBytes read(InputStream in) throws IOException {
    byte[] buffer = new byte[LIMIT + 1];
    try {
      return new SecretBytes(buffer, in.readNBytes(buffer, 0, buffer.length));
    } catch (IOException e) {
      Arrays.fill(buffer, (byte) 0);
      throw e;
    }
  }

  boolean isTooLong() {
    return length > LIMIT;
  }

  /**
   * The secret: the text without its last line break, which belongs to the file and not to the
   * secret.
   *
   * @param source names where it comes from, for messages
   */
  SecretValue secret(String source) throws SecretException {
    if (isTooLong()) {
      throw new SecretException(
          "%s gives more than %d KiB, which is no secret".formatted(source, LIMIT / 1024));
    }
    int end = length;
    if (end > 0 && buffer[end - 1] == '\n') {
      end--;
      if (end > 0 && buffer[end - 1] == '\r') {
        end--;
      }
    }
    if (end == 0) {
      throw new SecretException(source + " gives an empty secret");
    }
    byte[] text = Arrays.copyOf(buffer, end);
    try {
      return SecretValue.ofUtf8(text);
    } catch (IllegalArgumentException e) {
      throw new SecretException(source + " gives something that is not UTF-8 text", e);
    } finally {
      Arrays.fill(text, (byte) 0);
    }
  }

  @Override
  public void close() {
    Arrays.fill(buffer, (byte) 0);
  }
}
