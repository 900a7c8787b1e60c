package dev.postern.cli.command;

import dev.postern.api.hop.HopInfo;
import dev.postern.api.secret.SecretException;
import dev.postern.circuit.CircuitException;
import dev.postern.circuit.Trail;
import dev.postern.circuit.TrailEntry;
import dev.postern.cli.report.ExitCodes;
import dev.postern.cli.report.Json;
import dev.postern.cli.surroundings.Surroundings;
import dev.postern.problem.Code;
import dev.postern.problem.ConfigException;
import dev.postern.problem.ConfigProblem;
import java.io.IOException;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Says on standard error what went wrong, in words or in JSON, and gives the exit code. */
public final class FailureReport {
  private static final String HOST_KEY_CODES = "PST-H";

  private final Surroundings surroundings;
  private final PrintStream error;
  private final boolean json;

  FailureReport(Surroundings surroundings, boolean json) {
    this.surroundings = surroundings;
    this.error = surroundings.error();
    this.json = json;
  }

  int configuration(ConfigException failure) {
    List<ConfigProblem> problems = failure.problems();
    if (json) {
      Map<String, Object> report =
          failed(problems.get(0).code(), String.valueOf(failure.getMessage()));
      report.put("problems", problems(problems));
      error.println(Json.text(report));
    } else {
      problems.forEach(surroundings::complain);
    }
    boolean usage =
        problems.stream().allMatch(problem -> problem.code() == Code.CONFIG_BAD_DESTINATION);
    return usage ? ExitCodes.USAGE : ExitCodes.FAILURE;
  }

  public int circuit(CircuitException failure, boolean withTrail) {
    if (json) {
      Map<String, Object> report = failed(failure.code(), String.valueOf(failure.getMessage()));
      report.put("phase", failure.phase().toString());
      failure.hop().ifPresent(hop -> report.put("hop", hop(hop)));
      report.put("trail", trail(failure.trail()));
      error.println(Json.text(report));
      return ExitCodes.FAILURE;
    }
    if (withTrail) {
      failure.trail().entries().forEach(error::println);
    }
    surroundings.complain(String.valueOf(failure.getMessage()));
    if (failure.code().id().startsWith(HOST_KEY_CODES)) {
      // OpenSSH's words, which scripts look for.
      error.println("Host key verification failed.");
    }
    return ExitCodes.FAILURE;
  }

  int secret(SecretException failure) {
    return coded(Code.SECRET_UNAVAILABLE, String.valueOf(failure.getMessage()));
  }

  /** A failure of this machine's that has no code of its own. */
  int other(IOException failure) {
    if (json) {
      error.println(
          Json.text(Map.of("ok", false, "message", String.valueOf(failure.getMessage()))));
    } else {
      surroundings.complain(String.valueOf(failure.getMessage()));
    }
    return ExitCodes.FAILURE;
  }

  public int coded(Code code, String sentence) {
    if (json) {
      error.println(Json.text(failed(code, sentence)));
    } else {
      surroundings.complain(sentence + " [" + code + "]");
    }
    return ExitCodes.FAILURE;
  }

  /** The end of a remote command that a signal ended: OpenSSH's code and words. */
  public int remoteSignal(String signal) {
    String sentence = "remote process killed by signal " + signal;
    if (json) {
      Map<String, Object> report = failed(Code.REMOTE_SIGNAL, sentence);
      report.put("phase", "remote");
      report.put("signal", signal);
      error.println(Json.text(report));
      return ExitCodes.FAILURE;
    }
    surroundings.complain("%s [%s]".formatted(sentence, Code.REMOTE_SIGNAL));
    return ExitCodes.FAILURE;
  }

  private static Map<String, Object> failed(Code code, String message) {
    Map<String, Object> report = new LinkedHashMap<>();
    report.put("ok", false);
    report.put("code", code.id());
    report.put("message", message);
    return report;
  }

  public static List<Map<String, Object>> problems(List<ConfigProblem> problems) {
    return problems.stream()
        .map(
            problem ->
                Map.<String, Object>of(
                    "code", problem.code().id(),
                    "origin", problem.origin(),
                    "path", problem.path(),
                    "message", problem.message()))
        .toList();
  }

  private static Map<String, Object> hop(HopInfo hop) {
    return Map.of(
        "index", hop.index(),
        "count", hop.count(),
        "user", hop.user(),
        "host", hop.endpoint().host(),
        "port", hop.endpoint().port());
  }

  private static List<Map<String, Object>> trail(Trail trail) {
    return trail.entries().stream().map(FailureReport::entry).toList();
  }

  private static Map<String, Object> entry(TrailEntry entry) {
    return Map.of(
        "hop", entry.hop().index(),
        "address", entry.hop().address(),
        "phase", entry.phase().toString(),
        "elapsedMillis", entry.elapsed().toMillis(),
        "text", entry.text());
  }
}
