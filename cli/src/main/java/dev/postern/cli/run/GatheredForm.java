package dev.postern.cli.run;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.postern.circuit.CircuitException;
import dev.postern.circuit.ExecResult;
import dev.postern.circuit.OutputReceiver.Source;
import dev.postern.fleet.FleetSummary;
import dev.postern.fleet.TargetNames;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * All outputs at the end, equal ones once under the names of their targets, as {@code clush -b}
 * does.
 */
public final class GatheredForm implements Form {
  private static final int SHORTEST_RULE = 15;

  private final OutputStream stream;
  private final Lines error;
  private final boolean withError;
  private final Map<String, ByteArrayOutputStream> outputs = new LinkedHashMap<>();

  /**
   * Gathers.
   *
   * @param targets in the order in which equal outputs name them
   * @param withError whether standard error is gathered too, and not shown as it comes
   */
  public GatheredForm(
      List<String> targets, OutputStream stream, OutputStream error, boolean withError) {
    this.stream = stream;
    this.error = new Lines(error, true);
    this.withError = withError;
    targets.forEach(target -> outputs.put(target, new ByteArrayOutputStream()));
  }

  @Override
  public void output(String target, Source source, byte[] bytes) throws IOException {
    if (source == Source.OUTPUT || withError) {
      outputs.computeIfAbsent(target, unknown -> new ByteArrayOutputStream()).writeBytes(bytes);
    } else {
      error.write(target, bytes);
    }
  }

  @Override
  public void ended(String target, ExecResult result) throws IOException {
    error.end(target);
  }

  @Override
  public void failed(String target, CircuitException failure) throws IOException {
    error.end(target);
  }

  @Override
  public void over(FleetSummary summary) throws IOException {
    Map<ByteBuffer, List<String>> equal = new LinkedHashMap<>();
    outputs.forEach(
        (target, bytes) -> {
          if (bytes.size() > 0) {
            equal
                .computeIfAbsent(ByteBuffer.wrap(ended(bytes)), text -> new ArrayList<>())
                .add(target);
          }
        });
    for (Map.Entry<ByteBuffer, List<String>> entry : equal.entrySet()) {
      String header = header(entry.getValue());
      String rule = "-".repeat(Math.max(SHORTEST_RULE, header.length()));
      stream.write("%s%n%s%n%s%n".formatted(rule, header, rule).getBytes(UTF_8));
      stream.write(entry.getKey().array());
    }
    stream.flush();
  }

  private static String header(List<String> targets) {
    String names = TargetNames.fold(targets);
    return targets.size() == 1 ? names : names + " (" + targets.size() + ")";
  }

  private static byte[] ended(ByteArrayOutputStream text) {
    byte[] bytes = text.toByteArray();
    if (bytes[bytes.length - 1] != '\n') {
      text.write('\n');
      bytes = text.toByteArray();
    }
    return bytes;
  }
}
