package dev.postern.core.sshd;

import dev.postern.api.hop.HopInfo;
import dev.postern.circuit.Phase;
import dev.postern.core.hop.TrailRecorder;
import java.util.List;

/** Writes entries down as lines: {@code 1 connect: …}. */
record TestTrail(HopInfo hop, List<String> lines) implements TrailRecorder {
  @Override
  public void record(Phase phase, String text) {
    lines.add(hop.index() + " " + phase + ": " + text);
  }
}
