package dev.postern.integration.signatures;

import dev.postern.api.ApiLevel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A published module and the texts of its signatures, one file for each level. */
record RecordedModule(String name, Class<?> member) {
  static final String OPEN =
      "# Level %s is not released yet: its signatures may still be recorded anew.";
  static final String RELEASED = "# Level %s is released: its signatures stay as they are.";

  /** The level of the module: major and minor of its version. */
  ApiLevel level() {
    String pom = read(folder().resolve("pom.xml"));
    Matcher version =
        Pattern.compile(
                "<artifactId>postern-" + name + "</artifactId>\\s*<version>(\\d+\\.\\d+)\\.")
            .matcher(pom);
    if (!version.find()) {
      throw new IllegalStateException(name + "/pom.xml has no version");
    }
    return ApiLevel.parse(version.group(1));
  }

  Path folder() {
    return Path.of("..", name);
  }

  Path file(ApiLevel level) {
    return folder().resolve("signatures").resolve(level + ".txt");
  }

  /** The signatures as the module has them now. */
  List<String> current() {
    try {
      URI place = member.getProtectionDomain().getCodeSource().getLocation().toURI();
      Path path = Path.of(place);
      if (Files.isDirectory(path)) {
        return Signatures.of(classes(path));
      }
      try (FileSystem jar = FileSystems.newFileSystem(path)) {
        return Signatures.of(classes(jar.getPath("/")));
      }
    } catch (IOException | URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private List<Class<?>> classes(Path root) throws IOException {
    List<Class<?>> classes = new ArrayList<>();
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file : files.filter(RecordedModule::isClass).toList()) {
        String path = root.relativize(file).toString();
        String type = path.substring(0, path.length() - ".class".length()).replace('/', '.');
        classes.add(Class.forName(type, false, member.getClassLoader()));
      }
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(e);
    }
    return classes;
  }

  private static boolean isClass(Path file) {
    String name = String.valueOf(file.getFileName());
    return name.endsWith(".class") && !name.endsWith("-info.class");
  }

  /** The recorded lines of a level, without comments. */
  List<String> recorded(ApiLevel level) {
    return Files.exists(file(level))
        ? read(file(level)).lines().filter(line -> !line.startsWith("#")).toList()
        : List.of();
  }

  boolean isReleased(ApiLevel level) {
    return Files.exists(file(level)) && read(file(level)).startsWith(RELEASED.formatted(level));
  }

  /** The recorded levels of the same major below this one. */
  List<ApiLevel> earlier() {
    Map<Integer, ApiLevel> levels = new TreeMap<>();
    try (Stream<Path> files = Files.list(folder().resolve("signatures"))) {
      files
          .map(file -> ApiLevel.parse(file.getFileName().toString().replace(".txt", "")))
          .filter(level -> level.major() == level().major() && level.minor() < level().minor())
          .forEach(level -> levels.put(level.minor(), level));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return List.copyOf(levels.values());
  }

  void record() throws IOException {
    Files.createDirectories(file(level()).getParent());
    List<String> lines = new ArrayList<>(List.of(OPEN.formatted(level())));
    lines.addAll(current());
    Files.write(file(level()), lines);
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public String toString() {
    return name;
  }
}
