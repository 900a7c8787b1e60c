package dev.postern.cli;

import dev.postern.circuit.CircuitException;
import dev.postern.problem.ConfigException;
import dev.postern.problem.ConfigProblem;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/** Says what failed: a sentence, or with {@code --json} its fields. */
final class FailureHandler implements IExecutionExceptionHandler {
  /** As ssh: whatever is ours, not the remote command's. */
  static final int OURS = 255;

  private final Console console;

  FailureHandler(Console console) {
    this.console = console;
  }

  @Override
  public int handleExecutionException(
      Exception failure, CommandLine commandLine, ParseResult parsed) {
    boolean json = parsed.expandedArgs().contains("--json");
    if (json) {
      console.say(Console.json(fields(failure)));
    } else {
      sentences(failure).forEach(sentence -> console.say("postern: " + sentence));
    }
    return OURS;
  }

  private static List<String> sentences(Exception failure) {
    if (failure instanceof ConfigException config) {
      return config.problems().stream().map(ConfigProblem::toString).toList();
    }
    if (failure instanceof CircuitException || failure instanceof CommandFailure) {
      return List.of(String.valueOf(failure.getMessage()));
    }
    if (failure instanceof IOException) {
      return List.of("input or output failed: " + failure.getMessage());
    }
    return List.of("unexpected " + failure);
  }

  private static Map<String, Object> fields(Exception failure) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("ok", false);
    fields.put("message", String.join("\n", sentences(failure)));
    if (failure instanceof CircuitException circuit) {
      fields.put("code", circuit.code().id());
      fields.put("phase", circuit.phase().toString());
      circuit.hop().ifPresent(hop -> fields.put("hop", Json.hop(hop)));
      fields.put("trail", Json.trail(circuit.trail()));
    }
    if (failure instanceof ConfigException config) {
      fields.put("phase", "config");
      fields.put("code", config.problems().get(0).code().id());
      fields.put("problems", Json.problems(config.problems()));
    }
    return fields;
  }
}
