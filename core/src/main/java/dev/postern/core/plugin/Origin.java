package dev.postern.core.plugin;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;

/**
 * Where a class of the class path came from.
 *
 * @param location the jar or folder, or {@code unknown}
 * @param manifest what the jar says of itself; empty for a folder
 */
record Origin(String location, Attributes manifest) {
  static Origin of(Class<?> type) {
    String location = place(type);
    return new Origin(location, manifest(Path.of(location)));
  }

  /** The jar or folder that a class came from. */
  static String place(Class<?> type) {
    CodeSource source = type.getProtectionDomain().getCodeSource();
    if (source == null || source.getLocation() == null) {
      return "unknown";
    }
    try {
      return Path.of(source.getLocation().toURI()).toString();
    } catch (URISyntaxException
        | IllegalArgumentException
        | java.nio.file.FileSystemNotFoundException e) {
      return source.getLocation().toString(); // a jar within a jar, say
    }
  }

  private static Attributes manifest(Path jar) {
    if (!Files.isRegularFile(jar)) {
      return new Attributes();
    }
    try (JarFile file = new JarFile(jar.toFile())) {
      Manifest manifest = file.getManifest();
      return manifest == null ? new Attributes() : manifest.getMainAttributes();
    } catch (IOException e) {
      return new Attributes(); // its classes were loaded, so this is only about its name
    }
  }
}
