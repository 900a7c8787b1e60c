package dev.postern.benchmarks.report;

import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigValueFactory;
import java.util.LinkedHashMap;
import java.util.Map;

/** A run as JSON: what it ran on, and every value. */
public final class Json {
  private Json() {}

  /** The document. */
  public static String of(
      Results results, boolean quick, Map<String, Object> machine, Map<String, Object> versions) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("machine", machine);
    document.put("versions", versions);
    document.put("mode", quick ? "quick" : "full");
    document.put("figures", results.all().stream().map(Json::figure).toList());
    document.put("left-out", results.leftOut().stream().map(Json::leftOut).toList());
    return ConfigValueFactory.fromAnyRef(document)
        .render(ConfigRenderOptions.concise().setFormatted(true));
  }

  private static Map<String, Object> figure(Series series) {
    return Map.of(
        "measure", series.measure(),
        "peer", series.peer(),
        "figure", series.column(),
        "median", rounded(series.median()),
        "min", rounded(series.min()),
        "max", rounded(series.max()),
        "values", series.values().stream().map(Json::rounded).toList());
  }

  private static Map<String, Object> leftOut(Results.LeftOut each) {
    return Map.of("measure", each.measure(), "what", each.what(), "reason", each.reason());
  }

  private static double rounded(double value) {
    return Math.round(value * 1000) / 1000.0;
  }
}
