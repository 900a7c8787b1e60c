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

  private static Usage usage(long pid) {
    try {
      Path folder = Path.of("/proc", String.valueOf(pid));
      String stat = Files.readString(folder.resolve("stat"));
      // After the name, which may hold anything: proc(5) counts the state as the third.
      String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
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
