package dev.postern.transport.proxy.command;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/** A program that runs. It ends with its hop, and its children end with it. */
final class Program {
  private final String name;
  private final Process process;
  private final ProcessTree tree;

  private Program(String name, Process process) {
    this.name = name;
    this.process = process;
    this.tree = new ProcessTree(process.toHandle());
  }

  static Program start(List<String> command, Map<String, String> environment, Path home)
      throws IOException {
    List<String> words = new ArrayList<>(command);
    if (words.get(0).startsWith("~/")) {
      words.set(0, home.resolve(words.get(0).substring(2)).toString());
    }
    Path file = Path.of(words.get(0)).getFileName();
    String name = file == null ? words.get(0) : file.toString();
    ProcessBuilder builder = new ProcessBuilder(words);
    builder.environment().putAll(environment);
    Process process;
    try {
      process = builder.start();
    } catch (IOException | IllegalArgumentException e) {
      throw new IOException(whyNot(words.get(0), String.valueOf(e.getMessage())), e);
    }
    return new Program(name, process);
  }

  /** The JDK's text has the error number of the system, and may have the arguments. */
  private static String whyNot(String program, String text) {
    if (text.contains("error=2,")) {
      return program.indexOf('/') < 0
          ? "there is no program '%s' on the PATH; install it, or write its whole path"
              .formatted(program)
          : "there is no program '%s'; check its path".formatted(program);
    }
    if (text.contains("error=13,")) {
      return "the program '%s' may not be run; check its rights (chmod +x)".formatted(program);
    }
    if (text.contains("error=8,")) {
      return "the file '%s' is no program; a script begins with #! and its interpreter"
          .formatted(program);
    }
    return "the program '%s' cannot be started".formatted(program);
  }

  String name() {
    return name;
  }

  long id() {
    return process.pid();
  }

  InputStream output() {
    return process.getInputStream();
  }

  InputStream error() {
    return process.getErrorStream();
  }

  OutputStream input() {
    return process.getOutputStream();
  }

  /** The exit code, waited for that long; empty if the program goes on. */
  OptionalInt exitCode(long millis) {
    try {
      return process.waitFor(millis, MILLISECONDS)
          ? OptionalInt.of(process.exitValue())
          : OptionalInt.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return OptionalInt.empty();
    }
  }

  /** Whether we ended it because we end ourselves. */
  boolean isEndedAtExit() {
    return tree.isEndedAtExit();
  }

  /** Ends it without waiting. */
  void end() {
    tree.end();
  }
}
