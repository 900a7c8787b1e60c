package dev.postern.core.plugin;

import dev.postern.plugin.InstalledPlugin;
import dev.postern.problem.Code;
import dev.postern.problem.ConfigProblem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Puts plugins from local files into a folder of plugins, and takes them out again. A plugin that
 * would not work here is not installed, and what fails leaves nothing behind.
 */
public final class PluginStore {
  private final Path root;
  private final String command;

  /** The folder, which is made when it is needed, for its owner alone. */
  public PluginStore(Path root) {
    this(root, "postern");
  }

  /** The same, for a command of another name: for messages. */
  public PluginStore(Path root, String command) {
    this.root = root.toAbsolutePath().normalize();
    this.command = command;
  }

  /**
   * What was installed.
   *
   * @param plugin as it is installed now
   * @param sha256 of the file it came in, in hexadecimal digits
   */
  public record Installation(InstalledPlugin plugin, String sha256) {}

  /** A file's SHA-256 in hexadecimal digits. */
  public static String sha256(Path file) {
    return PluginPackage.sha256(file);
  }

  /**
   * Installs a plugin.
   *
   * @param file its jar, or a zip of its jars
   * @throws PluginFault if it is none, would not work here, or is installed already
   */
  public Installation install(Path file) {
    return install(file, Optional.empty(), sha256 -> {});
  }

  /**
   * Installs a plugin.
   *
   * @param file its jar, or a zip of its jars
   * @param expected its SHA-256 in hexadecimal digits; another is refused before anything of it is
   *     loaded
   * @param shown is given the file's SHA-256 before anything of it is loaded
   * @throws PluginFault if it is none, would not work here, or is installed already
   */
  public Installation install(Path file, Optional<String> expected, Consumer<String> shown) {
    Path staging = staging();
    try {
      PluginPackage given = PluginPackage.copied(file, staging);
      String sha256 = given.sha256();
      shown.accept(sha256);
      expect(file, sha256, expected);
      given.unpack(staging);
      Descriptor descriptor = inspected(staging, file);
      Path place = root.resolve(descriptor.id());
      if (Files.exists(place)) {
        throw new PluginFault(
            Code.PLUGIN_NOT_INSTALLED,
            "the plugin %s is installed already, in %s; remove it first: %s plugins remove %s"
                .formatted(descriptor.id(), place, command, descriptor.id()));
      }
      Files.move(staging, place, StandardCopyOption.ATOMIC_MOVE);
      try (IsolatedPlugin plugin = plugin(place)) {
        return new Installation(plugin.inspect(), sha256);
      }
    } catch (IOException e) {
      throw new PluginFault(
          Code.PLUGIN_NOT_INSTALLED, "%s cannot be installed: %s".formatted(file, e), e);
    } finally {
      delete(staging);
    }
  }

  private static void expect(Path file, String sha256, Optional<String> expected) {
    if (expected.isPresent() && !expected.get().equalsIgnoreCase(sha256)) {
      throw new PluginFault(
          Code.PLUGIN_NOT_INSTALLED,
          "%s has the SHA-256 %s and not %s; nothing of it was loaded. Get the file again, or ask who made it for its digest"
              .formatted(file, sha256, expected.get()));
    }
  }

  private Descriptor inspected(Path staging, Path file) {
    PluginJars jars = PluginJars.in(staging);
    Host.running().expectToRun(jars.descriptor(), file.toString());
    try (IsolatedPlugin plugin = plugin(staging)) {
      List<ConfigProblem> problems = plugin.inspect().problems();
      if (!problems.isEmpty()) {
        ConfigProblem first = problems.get(0);
        throw new PluginFault(
            first.code(),
            first
                .message()
                .replace(staging.resolve(file.getFileName()).toString(), file.toString())
                .replace(staging.toString(), file.toString()));
      }
    }
    return jars.descriptor();
  }

  private static IsolatedPlugin plugin(Path folder) {
    return new IsolatedPlugin(
        PluginJars.in(folder), folder, new SharedApi(PluginStore.class.getClassLoader()));
  }

  private Path staging() {
    try {
      Files.createDirectories(
          root, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      return Files.createTempDirectory(root, ".installing-");
    } catch (IOException e) {
      throw new PluginFault(
          Code.PLUGIN_NOT_INSTALLED, "%s cannot be written: %s".formatted(root, e), e);
    }
  }

  /**
   * Removes a plugin.
   *
   * @param id of the plugin, or the name of its folder if it is broken
   * @return the folder it was in
   * @throws PluginFault if there is none in this folder of plugins
   */
  public Path remove(String id) {
    List<String> known = new ArrayList<>();
    for (Path folder : folders()) {
      String found = id(folder);
      if (found.equals(id)) {
        delete(folder);
        return folder;
      }
      known.add(found);
    }
    throw new PluginFault(
        Code.PLUGIN_NOT_INSTALLED,
        "no plugin '%s' is installed in %s.%s Installed: %s"
            .formatted(
                id,
                root,
                Nearest.hint(id, known),
                known.isEmpty() ? "none" : String.join(", ", known)));
  }

  private List<Path> folders() {
    if (!Files.isDirectory(root)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(root)) {
      return entries
          .filter(
              entry -> Files.isDirectory(entry) && !entry.getFileName().toString().startsWith("."))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new PluginFault(Code.PLUGIN_UNREADABLE, "%s cannot be read: %s".formatted(root, e), e);
    }
  }

  private static String id(Path folder) {
    try {
      return PluginJars.in(folder).descriptor().id();
    } catch (PluginFault e) {
      return String.valueOf(folder.getFileName());
    }
  }

  private static void delete(Path folder) {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> entries = Files.walk(folder)) {
      for (Path entry : entries.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(entry);
      }
    } catch (IOException e) {
      throw new PluginFault(
          Code.PLUGIN_NOT_INSTALLED, "%s cannot be removed: %s".formatted(folder, e), e);
    }
  }
}
