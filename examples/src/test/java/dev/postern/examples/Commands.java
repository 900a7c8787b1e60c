package dev.postern.examples;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;

/** The commands that a page of the documentation begins with: its first block of code. */
record Commands(String text) {
  private static final String INDENT = "    ";

  static Commands of(String page) throws IOException {
    List<String> block =
        Files.readAllLines(Checkout.file("docs/" + page)).stream()
            .dropWhile(line -> !line.startsWith(INDENT))
            .takeWhile(line -> line.startsWith(INDENT))
            .map(line -> line.substring(INDENT.length()))
            .toList();
    return new Commands(String.join("\n", block));
  }

  /** How many they are; one can have several lines. */
  long count() {
    return text.replace("\\\n", "").lines().count();
  }
}
