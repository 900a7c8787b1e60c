package dev.postern.testkit.contract;

import dev.postern.Postern;
import dev.postern.core.plugin.PluginStore;
import dev.postern.plugin.InstalledPlugin;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.apiguardian.api.API;

/**
 * A plugin as it is packaged, installed in a folder of plugins of its own and loaded from there as
 * {@code postern} loads it: isolated, by its descriptor. The same plugin on the class path of the
 * test is not seen. Closing it removes the folder.
 */
@API(status = API.Status.EXPERIMENTAL, since = "1.0")
public final class PackagedPlugin implements AutoCloseable {
  private final Path file;
  private final Path plugins;
  private final InstalledPlugin installed;

  private PackagedPlugin(Path file, Path plugins, InstalledPlugin installed) {
    this.file = file;
    this.plugins = plugins;
    this.installed = installed;
  }

  /**
   * Installs a plugin.
   *
   * @param file its jar, or a zip of its jars
   * @throws RuntimeException if it cannot be installed; the message says why, as {@code postern
   *     plugins install} does
   */
  public static PackagedPlugin of(Path file) throws IOException {
    Path plugins = Files.createTempDirectory("postern-plugins");
    try {
      Path absolute = file.toAbsolutePath().normalize();
      return new PackagedPlugin(
          absolute, plugins, new PluginStore(plugins).install(absolute).plugin());
    } catch (RuntimeException e) {
      delete(plugins);
      throw e;
    }
  }

  /**
   * The plugin that the build has made: the one {@code *-plugin.zip} in the folder, else the one
   * jar that is neither of sources nor of Javadoc nor of tests.
   *
   * @param target the build's folder, {@code target}
   * @throws IllegalStateException if there is none, or more than one
   */
  public static PackagedPlugin in(Path target) throws IOException {
    try (Stream<Path> files = Files.list(target)) {
      List<Path> all = files.sorted().toList();
      List<Path> zips =
          all.stream().filter(file -> file.toString().endsWith("-plugin.zip")).toList();
      List<Path> found =
          zips.isEmpty() ? all.stream().filter(PackagedPlugin::isMainJar).toList() : zips;
      if (found.size() != 1) {
        throw new IllegalStateException(
            "expected one packaged plugin in %s, found %s; run this test after 'package' (maven-failsafe-plugin)"
                .formatted(target.toAbsolutePath(), found));
      }
      return of(found.get(0));
    }
  }

  private static boolean isMainJar(Path file) {
    return file.toString().endsWith(".jar")
        && !file.toString().matches(".*-(sources|javadoc|tests)\\.jar");
  }

  /** What {@code postern plugins} shows of it. */
  public InstalledPlugin installed() {
    return installed;
  }

  /** The folder of plugins that it is installed in. */
  public Path folder() {
    return plugins;
  }

  /** An engine that has it, beside the plugins of the class path but without its own classes. */
  public Postern.Builder postern() {
    ClassLoader host = new WithoutBuild(PackagedPlugin.class.getClassLoader(), file.getParent());
    return Postern.builder().pluginFolder(plugins).bundledPlugins(host);
  }

  @Override
  public void close() throws IOException {
    delete(plugins);
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> entries = Files.walk(folder)) {
      for (Path entry : entries.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(entry);
      }
    }
  }
}
