package dev.postern.benchmarks.measure;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Somebody who is measured.
 *
 * @param name as tables have it
 * @param program what starts a process that obeys the contract; the folder of the bed comes next
 * @param options after the folder
 * @param kind what that process is
 */
public record Contestant(String name, List<String> program, List<String> options, Kind kind) {
  /** What a process is. */
  public enum Kind {
    /** The client, in Java. */
    JAVA,
    /** The client. */
    OTHER,
    /** Starts others, which are what is measured. */
    STARTER
  }

  List<String> command(Path folder) {
    List<String> command = new ArrayList<>(program);
    command.add(folder.toString());
    command.addAll(options);
    return command;
  }
}
