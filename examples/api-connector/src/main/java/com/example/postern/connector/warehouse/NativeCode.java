package com.example.postern.connector.warehouse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The copy of its native code that DuckDB's driver puts into the temporary folder, 70 MB, and takes
 * away when Java ends: a process that is killed would leave it there.
 */
final class NativeCode {
  private static final Path MAPS = Path.of("/proc/self/maps");
  private static final Pattern COPY = Pattern.compile("(/\\S*/libduckdb_java[0-9]+\\.so)$");

  private NativeCode() {}

  /** Takes it away now, where a file that is in use can be (Linux); the code stays loaded. */
  static void discardCopy() {
    if (!Files.isReadable(MAPS)) {
      return;
    }
    try {
      for (String line : Files.readAllLines(MAPS)) {
        Matcher copy = COPY.matcher(line);
        if (copy.find()) {
          Files.deleteIfExists(Path.of(copy.group(1)));
          return;
        }
      }
    } catch (IOException e) {
      return; // It is taken away at the end.
    }
  }
}
