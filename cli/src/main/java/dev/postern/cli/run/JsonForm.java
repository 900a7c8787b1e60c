package dev.postern.cli.run;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigValueFactory;
import dev.postern.circuit.CircuitException;
import dev.postern.circuit.ExecResult;
import dev.postern.circuit.OutputReceiver.Source;
import dev.postern.fleet.FleetSummary;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

/** One JSON object for each event, on a line of its own. */
public final class JsonForm implements Form {
  private final OutputStream stream;
  private final Map<String, Utf8Pieces> pieces = new LinkedHashMap<>();

  /** Events go to the stream. */
  public JsonForm(OutputStream stream) {
    this.stream = stream;
  }

  @Override
  public void started(String target) throws IOException {
    write(event("start", target));
  }

  @Override
  public void output(String target, Source source, byte[] bytes) throws IOException {
    String key = (source == Source.OUTPUT ? "stdout" : "stderr") + " " + target;
    byte[] whole = pieces.computeIfAbsent(key, unknown -> new Utf8Pieces()).add(bytes);
    data(target, source, whole);
  }

  /** Text where it is text, else in Base64. */
  private void data(String target, Source source, byte[] bytes) throws IOException {
    if (bytes.length == 0) {
      return;
    }
    Map<String, Object> event = event(source == Source.OUTPUT ? "stdout" : "stderr", target);
    Utf8Pieces.text(bytes)
        .ifPresentOrElse(
            text -> event.put("data", text),
            () -> event.put("base64", Base64.getEncoder().encodeToString(bytes)));
    write(event);
  }

  @Override
  public void ended(String target, ExecResult result) throws IOException {
    endPieces(target);
    Map<String, Object> event = event("exit", target);
    result.exitStatus().ifPresent(status -> event.put("status", status));
    result.exitSignal().ifPresent(signal -> event.put("signal", signal));
    write(event);
  }

  @Override
  public void failed(String target, CircuitException failure) throws IOException {
    endPieces(target);
    Map<String, Object> event = event("error", target);
    event.put("code", failure.code().id());
    event.put("phase", failure.phase().toString());
    event.put("message", String.valueOf(failure.getMessage()));
    failure
        .hop()
        .ifPresent(
            hop ->
                event.put(
                    "hop",
                    Map.of(
                        "index", hop.index(),
                        "count", hop.count(),
                        "user", hop.user(),
                        "host", hop.endpoint().host(),
                        "port", hop.endpoint().port())));
    write(event);
  }

  private void endPieces(String target) throws IOException {
    for (Source source : Source.values()) {
      String key = (source == Source.OUTPUT ? "stdout" : "stderr") + " " + target;
      Utf8Pieces rest = pieces.remove(key);
      if (rest != null) {
        data(target, source, rest.rest());
      }
    }
  }

  @Override
  public void over(FleetSummary summary) throws IOException {
    Map<String, Object> event = new LinkedHashMap<>();
    event.put("event", "summary");
    event.put("targets", summary.targets());
    event.put("succeeded", summary.succeeded());
    event.put("nonZero", summary.nonZero());
    event.put("failed", summary.failed());
    event.put("skipped", summary.skipped());
    event.put("elapsedMillis", summary.elapsed().toMillis());
    write(event);
  }

  private static Map<String, Object> event(String name, String target) {
    Map<String, Object> event = new LinkedHashMap<>();
    event.put("event", name);
    event.put("target", target);
    return event;
  }

  private void write(Map<String, Object> event) throws IOException {
    String line = ConfigValueFactory.fromMap(event).render(ConfigRenderOptions.concise()) + "\n";
    stream.write(line.getBytes(UTF_8));
    stream.flush();
  }
}
