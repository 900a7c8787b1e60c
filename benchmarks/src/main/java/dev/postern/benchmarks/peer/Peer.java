package dev.postern.benchmarks.peer;

import dev.postern.benchmarks.bed.Hop;
import java.util.List;

/**
 * An SSH library under measurement, in a process of its own that {@link PeerMain} runs. Signs in
 * with the key, and checks host keys.
 */
interface Peer {
  /** What every session runs; its answer is one line. */
  String COMMAND = "echo x";

  /**
   * Opens a chain anew, runs the command at its end, and closes it.
   *
   * @return nanoseconds from before the first connect to the first byte
   */
  long firstByte(List<Hop> hops) throws Exception;

  /** Opens a chain and a forward from a port of this machine to a target; gives the port. */
  int forward(List<Hop> hops, Hop target) throws Exception;

  /** Closes the forward and its chain. */
  void closeForward() throws Exception;

  /** Runs the command on targets behind one jump that is opened once; gives how many succeeded. */
  int targets(Hop jump, List<Hop> targets, int parallel) throws Exception;

  /** Opens sessions with targets behind one jump, and keeps them all. */
  void hold(Hop jump, List<Hop> targets) throws Exception;
}
