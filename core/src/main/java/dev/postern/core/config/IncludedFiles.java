package dev.postern.core.config;

import dev.postern.problem.Code;
import dev.postern.problem.ConfigException;
import dev.postern.problem.ConfigProblem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** The files of one configuration, of which the last is being parsed. */
final class IncludedFiles {
  /** What the library tries for a name without one of them. */
  private static final List<String> EXTENSIONS = List.of("", ".conf", ".json", ".properties");

  /** Files that include each other in twos would go on for longer than anybody lives. */
  private static final int LIMIT = 1_000;

  private final Deque<Path> parsing = new ArrayDeque<>();
  private int entered;

  IncludedFiles(Path main) {
    parsing.push(main);
  }

  Path current() {
    return parsing.getFirst();
  }

  /**
   * Goes on with the files of that name, if there are any.
   *
   * @throws ConfigException if one of them cannot be taken as configuration
   */
  void enter(Path named) {
    List<Path> files =
        EXTENSIONS.stream()
            .map(extension -> Path.of(named + extension))
            .filter(file -> Files.exists(file) && !Files.isDirectory(file))
            .toList();
    files.forEach(FileCheck::expectFit);
    enterUnchecked(files.isEmpty() ? named : files.get(0));
  }

  /** Goes on with something else than a file. */
  void enterUnchecked(Path named) {
    entered++;
    if (entered > LIMIT) {
      throw new ConfigException(
          List.of(
              new ConfigProblem(
                  Code.CONFIG_UNREADABLE,
                  current().toString(),
                  "",
                  "the configuration includes more than %d files".formatted(LIMIT))));
    }
    parsing.push(named);
  }

  void leave() {
    parsing.pop();
  }

  /** Where a text stands: the library does not tell an includer. */
  String place(String text) {
    Path file = current();
    try {
      List<String> lines = Files.readAllLines(file);
      for (int i = 0; i < lines.size(); i++) {
        if (lines.get(i).contains("include") && lines.get(i).contains(text)) {
          return file + ":" + (i + 1);
        }
      }
    } catch (IOException | UncheckedIOException e) {
      return file.toString(); // the line is a courtesy
    }
    return file.toString();
  }
}
