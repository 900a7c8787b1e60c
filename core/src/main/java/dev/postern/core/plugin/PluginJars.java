package dev.postern.core.plugin;

import dev.postern.problem.Code;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The jars of one plugin's folder, opened and checked before any class is loaded: ServiceLoader
 * would say nothing of a jar that is damaged or missing.
 *
 * @param main the jar that has the descriptor
 * @param all every jar of the folder, by name
 */
record PluginJars(Path main, Descriptor descriptor, List<Path> all) {
  PluginJars {
    all = List.copyOf(all);
  }

  /**
   * Opens and checks the jars.
   *
   * @throws PluginFault for the first thing that is wrong
   */
  static PluginJars in(Path folder) {
    Safety.expect(folder);
    List<Path> jars = jars(folder);
    if (jars.isEmpty()) {
      throw new PluginFault(
          Code.PLUGIN_NO_DESCRIPTOR,
          "the plugin folder %s has no jar; put the plugin's jars there, or remove the folder"
              .formatted(folder));
    }
    Path main = null;
    Descriptor descriptor = null;
    for (Path jar : jars) {
      Safety.expect(jar);
      Descriptor own = inspect(jar);
      if (own != null && descriptor != null) {
        throw new PluginFault(
            Code.PLUGIN_NO_DESCRIPTOR,
            "the plugin folder %s has two plugins, %s in %s and %s in %s; give each a folder of its own"
                .formatted(
                    folder,
                    descriptor,
                    main == null ? "" : main.getFileName(),
                    own,
                    jar.getFileName()));
      }
      if (own != null) {
        main = jar;
        descriptor = own;
      }
    }
    if (main == null || descriptor == null) {
      throw new PluginFault(
          Code.PLUGIN_NO_DESCRIPTOR,
          "no jar in %s says that it is a plugin: the manifest of its main jar must have %s, %s, %s, %s and %s"
              .formatted(
                  folder,
                  Descriptor.ID,
                  Descriptor.VERSION,
                  Descriptor.API,
                  Descriptor.JAVA,
                  Descriptor.PROVIDES));
    }
    return new PluginJars(main, descriptor, jars);
  }

  private static List<Path> jars(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".jar")).sorted().toList();
    } catch (IOException e) {
      throw new PluginFault(
          Code.PLUGIN_UNREADABLE,
          "the plugin folder %s cannot be read: %s".formatted(folder, e),
          e);
    }
  }

  private static @Nullable Descriptor inspect(Path jar) {
    try (JarFile file = new JarFile(jar.toFile())) {
      expectOwnClasses(jar, file);
      Manifest manifest = file.getManifest();
      Attributes attributes = manifest == null ? new Attributes() : manifest.getMainAttributes();
      return Descriptor.isIn(attributes) ? Descriptor.read(attributes) : null;
    } catch (IOException e) {
      throw new PluginFault(
          Code.PLUGIN_UNREADABLE,
          "%s cannot be opened, it is damaged or no jar: %s".formatted(jar, e.getMessage()),
          e);
    } catch (IllegalArgumentException e) {
      throw new PluginFault(Code.PLUGIN_NO_DESCRIPTOR, "%s: %s".formatted(jar, e.getMessage()), e);
    }
  }

  /** The host's API would hide the plugin's copy, or two of them would not fit together. */
  private static void expectOwnClasses(Path jar, JarFile file) {
    Enumeration<JarEntry> entries = file.entries();
    while (entries.hasMoreElements()) {
      String name = entries.nextElement().getName();
      if (name.endsWith(".class") && SharedApi.shares(name.replace('/', '.'))) {
        throw new PluginFault(
            Code.PLUGIN_BUNDLES_API,
            "%s brings %s, which the host provides; leave postern-api and slf4j-api out of the plugin (scope 'provided')"
                .formatted(jar, name));
      }
    }
  }

  /** Reads every byte, which finds what is damaged inside. */
  List<PluginFault> damage() {
    List<PluginFault> found = new ArrayList<>();
    for (Path jar : all) {
      try (JarFile file = new JarFile(jar.toFile())) {
        Enumeration<JarEntry> entries = file.entries();
        while (entries.hasMoreElements()) {
          file.getInputStream(entries.nextElement()).transferTo(OutputStream.nullOutputStream());
        }
      } catch (IOException | SecurityException e) {
        found.add(
            new PluginFault(
                Code.PLUGIN_UNREADABLE, "%s is damaged: %s".formatted(jar, e.getMessage()), e));
      }
    }
    return found;
  }
}
