package dev.postern.benchmarks.measure;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;

/**
 * A command that was run once, from nothing.
 *
 * @param firstByteMillis until it said something on standard output
 * @param exitMillis until it ended
 * @param usage of it and what it waited for, at most
 */
record Cold(double firstByteMillis, double exitMillis, ProcessTree.Usage usage) {
  /**
   * Runs it.
   *
   * @throws IOException if it ends with other than 0, or says nothing
   */
  static Cold run(List<String> command, Map<String, String> environment)
      throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
    builder.environment().putAll(environment);
    double before = ProcessTree.ofEnded();
    long begin = System.nanoTime();
    Process process = builder.start();
    OutputStream input = process.getOutputStream();
    input.close();
    try (Peak peak = new Peak(new ProcessTree(process.toHandle(), true));
        InputStream output = process.getInputStream()) {
      int first = output.read();
      double firstByte = (System.nanoTime() - begin) / 1e6;
      output.transferTo(OutputStream.nullOutputStream());
      int status = process.waitFor();
      double exit = (System.nanoTime() - begin) / 1e6;
      if (status != 0 || first < 0) {
        throw new IOException(command + " ended with " + status);
      }
      return new Cold(firstByte, exit, peak.with(ProcessTree.ofEnded() - before));
    }
  }
}
