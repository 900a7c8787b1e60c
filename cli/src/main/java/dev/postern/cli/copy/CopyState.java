package dev.postern.cli.copy;

import dev.postern.core.text.Sanitiser;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/** How far a copy is, in one line. For one thread at a time. */
final class CopyState {
  private final Map<String, Progress> underWay = new LinkedHashMap<>();
  private long files;
  private long moved;

  private static final class Progress {
    private final long size;
    private long done;

    Progress(long size, long done) {
      this.size = size;
      this.done = done;
    }
  }

  void started(String source, long size, long resumedAt) {
    underWay.put(source, new Progress(size, resumedAt));
  }

  void progressed(String source, long bytes) {
    moved += bytes;
    Progress progress = underWay.get(source);
    if (progress != null) {
      progress.done += bytes;
    }
  }

  void finished(String source) {
    files++;
    underWay.remove(source);
  }

  void failed(String source) {
    underWay.remove(source);
  }

  long files() {
    return files;
  }

  /** The line, no longer than the terminal is wide. */
  String line(Duration elapsed, int columns) {
    double seconds = Math.max(0.001, elapsed.toMillis() / 1000.0);
    double rate = moved / seconds;
    long done = 0;
    long size = 0;
    for (Progress each : underWay.values()) {
      done += Math.min(each.done, each.size);
      size += each.size;
    }
    String percent = size == 0 ? "" : "%3d%%  ".formatted(100 * done / size);
    String remaining =
        rate < 1 || size == 0
            ? "--:--"
            : Amounts.time(Duration.ofSeconds((long) Math.ceil((size - done) / rate)));
    String numbers =
        "  %s%s  %s/s  %s"
            .formatted(percent, Amounts.bytes((double) moved), Amounts.bytes(rate), remaining);
    int room = columns - 1 - numbers.length();
    return room < 4 ? numbers.strip() : cut(title(), room) + numbers;
  }

  private String title() {
    Iterator<String> names = underWay.keySet().iterator();
    String first = names.hasNext() ? Sanitiser.line(names.next()) : "";
    if (files == 0 && underWay.size() == 1) {
      return first;
    }
    return "%d done, %d under way  %s".formatted(files, underWay.size(), first);
  }

  private static String cut(String text, int room) {
    int length = text.codePointCount(0, text.length());
    if (length <= room) {
      return text + " ".repeat(room - length);
    }
    return "…" + text.substring(text.offsetByCodePoints(text.length(), -(room - 1)));
  }

  /** What came of it. */
  String summary(Duration elapsed) {
    double seconds = Math.max(0.001, elapsed.toMillis() / 1000.0);
    return "%d %s, %s in %s (%s/s)"
        .formatted(
            files,
            files == 1 ? "file" : "files",
            Amounts.bytes((double) moved),
            Amounts.time(elapsed),
            Amounts.bytes(moved / seconds));
  }
}
