package dev.postern.cli.run;

import dev.postern.circuit.CircuitException;
import dev.postern.circuit.ExecResult;
import dev.postern.fleet.TargetNames;
import dev.postern.problem.Code;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Says which targets failed and how: each kind of failure once when it happens, and all of them at
 * the end, folded. Safe for use by several threads.
 */
public final class RunReport {
  private final Consumer<String> complain;
  private final Set<String> started = new HashSet<>();
  private final Set<String> said = new HashSet<>();
  private final TreeMap<Integer, List<String>> statuses = new TreeMap<>();
  private final Map<String, List<String>> failures = new LinkedHashMap<>();
  private int failed;

  /** Sentences go to the consumer. */
  public RunReport(Consumer<String> complain) {
    this.complain = complain;
  }

  synchronized void started(String target) {
    started.add(target);
  }

  synchronized boolean hasStarted(String target) {
    return started.contains(target);
  }

  synchronized void ended(String target, ExecResult result) {
    started.remove(target);
    int status = result.exitStatus().orElse(-1);
    if (status > 0) {
      statuses.computeIfAbsent(status, unknown -> new ArrayList<>()).add(target);
    } else if (status < 0) {
      String how =
          result
              .exitSignal()
              .map(signal -> "killed by signal " + signal + " [" + Code.REMOTE_SIGNAL + "]")
              .orElse("ended without an exit status");
      failure(how, target);
    }
  }

  synchronized void failed(String target, CircuitException why) {
    boolean running = started.remove(target);
    String hop = why.hop().map(at -> "hop %d/%d ".formatted(at.index(), at.count())).orElse("");
    String when = running ? "; the command was running" : "";
    failure(hop + why.phase() + " [" + why.code() + "]" + when, target);
    String sentence = String.valueOf(why.getMessage());
    boolean spared = why.code() == Code.FLEET_STOPPED || why.code() == Code.FLEET_SECRET_REFUSED;
    if (said.add(spared ? why.code() + hop : sentence)) {
      complain.accept(target + ": " + sentence);
    }
  }

  private void failure(String kind, String target) {
    failed++;
    failures.computeIfAbsent(kind, unknown -> new ArrayList<>()).add(target);
  }

  /** Says how all of them ended, if not all of them ended well. */
  public synchronized void tell(int targets) {
    statuses.forEach(
        (status, names) -> complain.accept("%s: exit status %d".formatted(names(names), status)));
    if (failed > 0) {
      complain.accept("%d of %d targets failed:".formatted(failed, targets));
      failures.forEach((kind, names) -> complain.accept("  %s: %s".formatted(names(names), kind)));
    }
  }

  private static String names(List<String> names) {
    String folded = TargetNames.fold(names);
    return names.size() == 1 ? folded : folded + " (" + names.size() + ")";
  }

  /** 0, the highest status, or 255 if a target failed. */
  public synchronized int exitCode() {
    if (failed > 0) {
      return 255;
    }
    return statuses.isEmpty() ? 0 : statuses.lastKey();
  }
}
