package dev.postern.core.circuit;

import dev.postern.api.hop.HopInfo;
import dev.postern.circuit.Phase;
import dev.postern.circuit.TrailEntry;
import dev.postern.core.hop.TrailRecorder;
import dev.postern.event.AuthOutcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The record of one hop. Circuits that share the hop share its record. */
final class HopTrail implements TrailRecorder {
  /** A hostile server must not grow the record without end. */
  private static final int LIMIT = 500;

  private final HopInfo hop;
  private final HopEvents events;
  private final List<Entry> entries = new ArrayList<>();

  HopTrail(HopEvents events) {
    this.hop = events.hop();
    this.events = events;
  }

  @Override
  public HopInfo hop() {
    return hop;
  }

  @Override
  public synchronized void record(Phase phase, String text) {
    if (entries.size() < LIMIT) {
      entries.add(new Entry(System.nanoTime(), phase, text));
    }
  }

  @Override
  public void attempted(String method, AuthOutcome outcome, Duration took) {
    events.attempted(method, outcome, took);
  }

  /**
   * The entries as a circuit tells them: under its own name for the hop, timed from its own
   * beginning. What happened before counts as its moment zero.
   */
  synchronized List<TrailEntry> since(long beginning, HopInfo name) {
    return entries.stream()
        .map(
            entry -> new TrailEntry(name, entry.phase, elapsed(beginning, entry.nanos), entry.text))
        .toList();
  }

  private static Duration elapsed(long beginning, long moment) {
    return Duration.ofNanos(Math.max(0, moment - beginning));
  }

  private record Entry(long nanos, Phase phase, String text) {}
}
