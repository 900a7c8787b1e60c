package dev.postern.transport.proxy.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;

/**
 * Passes on what a program says on its standard error, line by line, and remembers the last lines.
 * All of it is read, so that the program never waits; what is passed on is bounded.
 */
final class StandardError {
  private static final int LONGEST_LINE = 500;
  private static final int MOST_LINES = 100;
  private static final int REMEMBERED = 3;
  private static final int LONGEST_REMEMBERED = 200;

  private final Consumer<String> listener;
  private final Deque<String> last = new ArrayDeque<>();
  private final Thread thread;
  private int lines;

  private StandardError(Program program, Consumer<String> listener) {
    this.listener = listener;
    this.thread = new Thread(() -> readAll(program), "postern-command-stderr-" + program.id());
    thread.setDaemon(true);
  }

  static StandardError of(Program program, Consumer<String> listener) {
    StandardError error = new StandardError(program, listener);
    error.thread.start();
    return error;
  }

  private void readAll(Program program) {
    try (Reader reader = new BufferedReader(new InputStreamReader(program.error(), UTF_8))) {
      StringBuilder line = new StringBuilder();
      for (int next = reader.read(); next >= 0; next = reader.read()) {
        if (next == '\n' || next == '\r') {
          heard(line.toString());
          line.setLength(0);
        } else if (line.length() < LONGEST_LINE) {
          line.append((char) next);
        }
      }
      heard(line.toString());
    } catch (IOException e) {
      // It was closed with the program.
    }
  }

  private void heard(String text) {
    String line = text.strip();
    if (line.isEmpty()) {
      return;
    }
    synchronized (last) {
      last.addLast(
          line.length() <= LONGEST_REMEMBERED ? line : line.substring(0, LONGEST_REMEMBERED) + "…");
      if (last.size() > REMEMBERED) {
        last.removeFirst();
      }
    }
    lines++;
    if (lines <= MOST_LINES) {
      listener.accept(line);
    } else if (lines == MOST_LINES + 1) {
      listener.accept("(more lines, not kept)");
    }
  }

  /** The last lines, in quotes, when the program ended; waits that long for the end of them. */
  String lastLines(long millis) {
    try {
      thread.join(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return lastLines();
  }

  /** The last lines so far, in quotes. */
  String lastLines() {
    synchronized (last) {
      return last.stream().map(line -> '"' + line + '"').collect(joining(", "));
    }
  }
}
