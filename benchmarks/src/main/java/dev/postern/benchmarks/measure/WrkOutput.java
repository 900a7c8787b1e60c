package dev.postern.benchmarks.measure;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What {@code wrk --latency} says.
 *
 * @param rate requests each second
 * @param p50Millis half of them took no longer
 * @param p99Millis all but a hundredth
 * @param errors of sockets
 */
record WrkOutput(double rate, double p50Millis, double p99Millis, int errors) {
  private static final Pattern RATE = Pattern.compile("Requests/sec:\\s+([\\d.]+)");
  private static final Pattern ERRORS =
      Pattern.compile("connect (\\d+), read (\\d+), write (\\d+), timeout (\\d+)");

  static WrkOutput parse(String output) {
    Matcher rate = RATE.matcher(output);
    if (!rate.find()) {
      throw new IllegalArgumentException("no rate in what wrk said: " + output);
    }
    Matcher errors = ERRORS.matcher(output);
    int sum = 0;
    if (errors.find()) {
      for (int i = 1; i <= errors.groupCount(); i++) {
        sum += Integer.parseInt(errors.group(i));
      }
    }
    return new WrkOutput(
        Double.parseDouble(rate.group(1)), millis(output, "50%"), millis(output, "99%"), sum);
  }

  private static double millis(String output, String percentile) {
    Pattern pattern = Pattern.compile("\\s" + percentile + "\\s+([\\d.]+)(us|ms|s|m)\\s");
    Matcher matcher = pattern.matcher(output);
    if (!matcher.find()) {
      throw new IllegalArgumentException("no " + percentile + " in what wrk said: " + output);
    }
    double value = Double.parseDouble(matcher.group(1));
    return switch (matcher.group(2)) {
      case "us" -> value / 1000;
      case "ms" -> value;
      case "s" -> value * 1000;
      default -> value * 60_000;
    };
  }
}
