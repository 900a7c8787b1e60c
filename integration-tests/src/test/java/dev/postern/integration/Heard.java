package dev.postern.integration;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.postern.circuit.CircuitException;
import dev.postern.circuit.ExecResult;
import dev.postern.circuit.OutputReceiver.Source;
import dev.postern.fleet.FleetListener;
import dev.postern.fleet.FleetTarget;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

/** What a run said of its targets. */
final class Heard implements FleetListener {
  final Map<String, String> outputs = new ConcurrentHashMap<>();
  final Map<String, Integer> statuses = new ConcurrentHashMap<>();
  final Map<String, CircuitException> failures = new ConcurrentHashMap<>();
  final Map<String, Boolean> started = new ConcurrentHashMap<>();
  volatile int mostThreads;

  @Override
  public void started(FleetTarget target) {
    started.put(target.name(), true);
    mostThreads = Math.max(mostThreads, Thread.activeCount());
  }

  @Override
  public CompletionStage<Void> output(FleetTarget target, Source source, byte[] bytes) {
    outputs.merge(target.name(), new String(bytes, UTF_8), String::concat);
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public void ended(FleetTarget target, ExecResult result) {
    statuses.put(target.name(), result.exitStatus().orElse(-1));
  }

  @Override
  public void failed(FleetTarget target, CircuitException failure) {
    failures.put(target.name(), failure);
  }
}
