package com.example.postern.connector;

import com.example.postern.connector.sync.Counts;
import com.example.postern.connector.sync.SyncException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.postern.circuit.CircuitException;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Says how a run ended: the counts, and once what failed. */
final class Report {
  private final PrintWriter out;
  private final PrintWriter error;
  private final boolean json;

  Report(PrintWriter out, PrintWriter error, boolean json) {
    this.out = out;
    this.error = error;
    this.json = json;
  }

  void note(String text) {
    error.println("api-connector: " + text);
    error.flush();
  }

  void end(Counts counts, Optional<SyncException> failure) {
    if (json) {
      out.println(object(counts, failure));
    } else {
      out.println("Operation     | Calls");
      out.println("------------- + ------------");
      rows(counts).forEach((name, count) -> out.println("%-13s | %d".formatted(name, count)));
    }
    out.flush();
    failure.ifPresent(
        cause -> {
          error.println("SYNC FAILED at %s: %s".formatted(cause.stage(), cause.getMessage()));
          error.flush();
        });
  }

  private static Map<String, Long> rows(Counts counts) {
    Map<String, Long> rows = new LinkedHashMap<>();
    rows.put("Upserts", counts.written().upserts());
    rows.put("Updates", counts.written().updates());
    rows.put("Deletes", counts.written().deletes());
    rows.put("SchemaChanges", counts.written().schemaChanges());
    rows.put("Checkpoints", counts.checkpoints());
    return rows;
  }

  private static ObjectNode object(Counts counts, Optional<SyncException> failure) {
    ObjectNode object = new JsonMapper().createObjectNode().put("ok", failure.isEmpty());
    rows(counts)
        .forEach(
            (name, count) ->
                object.put(
                    name.substring(0, 1).toLowerCase(java.util.Locale.ROOT) + name.substring(1),
                    count));
    failure.ifPresent(
        cause -> {
          object.put("stage", cause.stage().toString()).put("message", cause.getMessage());
          if (cause.getCause() instanceof CircuitException circuit) {
            object.put("code", circuit.code().toString());
          }
        });
    return object;
  }
}
