package dev.postern.core.config;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The {@code window}: a number of KiB or MiB. */
final class ByteSize {
  private static final Pattern WRITTEN = Pattern.compile("([0-9]{1,6})\\s*([KM])(iB)?");

  /** Less than a few packets would have both sides wait for each other all the time. */
  private static final long LEAST = 128 << 10;

  /** That much may have to be kept for each channel whose reader is slow. */
  private static final long MOST = 64 << 20;

  private ByteSize() {}

  /**
   * In bytes.
   *
   * @throws IllegalArgumentException if it is none
   */
  static long of(String text) {
    Matcher written = WRITTEN.matcher(text.strip());
    long bytes =
        written.matches()
            ? Long.parseLong(written.group(1)) << (written.group(2).equals("K") ? 10 : 20)
            : -1;
    if (bytes < LEAST || bytes > MOST) {
      throw new IllegalArgumentException(
          "expected a size from 128 KiB to 64 MiB, with its unit, such as \"4 MiB\"");
    }
    return bytes;
  }
}
