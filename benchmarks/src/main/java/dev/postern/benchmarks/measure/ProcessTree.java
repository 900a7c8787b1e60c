package dev.postern.benchmarks.measure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * A client's process with all that it started, from {@code /proc}.
 *
 * @param root the process
 * @param itself whether it counts, and not only what it started: a script that starts {@code ssh}
 *     is no part of it
 */
record ProcessTree(ProcessHandle root, boolean itself) {
  private static final double TICKS_PER_SECOND = 100;

  /**
   * What it uses.
   *
   * @param cpuSeconds of user and system, of processes that it waited for too
   * @param residentMib now, added up
   * @param peakMib the largest so far of each process, added up
   * @param threads now
   */
  record Usage(double cpuSeconds, double residentMib, double peakMib, int threads) {
    Usage plus(Usage other) {
      return new Usage(
          cpuSeconds + other.cpuSeconds,
          residentMib + other.residentMib,
          peakMib + other.peakMib,
          threads + other.threads);
    }
  }

  Usage usage() {
    List<ProcessHandle> all =
        Stream.concat(itself ? Stream.of(root) : Stream.empty(), root.descendants()).toList();
    Usage sum = new Usage(0, 0, 0, 0);
    for (ProcessHandle each : all) {
      sum = sum.plus(usage(each.pid()));
    }
    return sum;
  }

  /** The CPU seconds of all processes that this one started, and that have ended, with theirs. */
  static double ofEnded() throws IOException {
    String[] fields = fields(Path.of("/proc/self/stat"));
    return (Long.parseLong(fields[16 - 3]) + Long.parseLong(fields[17 - 3])) / TICKS_PER_SECOND;
  }

  /** After the name, which may hold anything: proc(5) counts the first of these as the third. */
  private static String[] fields(Path stat) throws IOException {
    String line = Files.readString(stat);
    return line.substring(line.lastIndexOf(')') + 2).split(" ");
  }

  private static Usage usage(long pid) {
    try {
      Path folder = Path.of("/proc", String.valueOf(pid));
      String[] fields = fields(folder.resolve("stat"));
      long ticks = 0;
      for (int field = 14; field <= 17; field++) {
        ticks += Long.parseLong(fields[field - 3]);
      }
      double peak = 0;
      double resident = 0;
      for (String line : Files.readAllLines(folder.resolve("status"))) {
        if (line.startsWith("VmHWM:")) {
          peak = mib(line);
        } else if (line.startsWith("VmRSS:")) {
          resident = mib(line);
        }
      }
      int threads = Integer.parseInt(fields[20 - 3]);
      return new Usage(ticks / TICKS_PER_SECOND, resident, peak, threads);
    } catch (IOException e) {
      // It has ended.
      return new Usage(0, 0, 0, 0);
    }
  }

  private static double mib(String line) {
    return Long.parseLong(line.replaceAll("\\D+", "")) / 1024.0;
  }
}
