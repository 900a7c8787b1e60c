package dev.postern.examples;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The folder that all of this is in. */
final class Checkout {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

  private Checkout() {}

  static Path file(String name) {
    return ROOT.resolve(name);
  }

  /** A folder to work in, empty, and outside of every project of ours. */
  static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path relative = from.relativize(file);
        if (!relative.startsWith("target")) {
          Path copied = to.resolve(relative);
          Files.createDirectories(copied.getParent());
          Files.copy(file, copied);
        }
      }
    }
  }

  /** The root's pom and those of its modules. */
  static List<Pom> poms() throws IOException {
    String root = Files.readString(ROOT.resolve("pom.xml"), UTF_8);
    Matcher modules = Pattern.compile("<module>([^<]+)</module>").matcher(root);
    return Stream.concat(
            Stream.of(Pom.of(ROOT)),
            modules.results().map(module -> Pom.of(ROOT.resolve(module.group(1)))))
        .toList();
  }

  /** A module's coordinates, read as they are written: the first ones after the parent's. */
  record Pom(Path folder, String artifact, String version) {
    static Pom of(Path folder) {
      try {
        String text = Files.readString(folder.resolve("pom.xml"), UTF_8);
        String own = text.substring(Math.max(0, text.indexOf("</parent>")));
        return new Pom(folder, first(own, "artifactId"), first(own, "version"));
      } catch (IOException e) {
        throw new java.io.UncheckedIOException(e);
      }
    }

    private static String first(String text, String tag) {
      Matcher found = Pattern.compile("<%1$s>([^<]+)</%1$s>".formatted(tag)).matcher(text);
      if (!found.find()) {
        throw new IllegalStateException("no " + tag);
      }
      return found.group(1);
    }

    Path jar() {
      return folder.resolve("target/%s-%s.jar".formatted(artifact, version));
    }
  }
}
