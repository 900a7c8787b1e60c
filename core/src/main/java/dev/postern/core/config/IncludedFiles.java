package dev.postern.core.config;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The files of one configuration: the one that is being parsed, and all there were. */
final class IncludedFiles {
  /** What the library tries for a name without one of them. */
  private static final List<String> EXTENSIONS = List.of("", ".conf", ".json", ".properties");

  private final Deque<Path> parsing = new ArrayDeque<>();
  private final Set<Path> all = new LinkedHashSet<>();

  IncludedFiles(Path main) {
    parsing.push(main);
  }

  Path current() {
    return parsing.getFirst();
  }

  void enter(Path named) {
    List<Path> files =
        EXTENSIONS.stream()
            .map(extension -> Path.of(named + extension))
            .filter(Files::isRegularFile)
            .toList();
    all.addAll(files);
    parsing.push(files.isEmpty() ? named : files.get(0));
  }

  void leave() {
    parsing.pop();
  }

  /** Every included file. */
  Set<Path> all() {
    return all;
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
