package dev.postern.testkit.contract;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Packs a provider of this test's classes, with those nested in it, as a build would. */
final class PluginJar {
  private final Map<String, byte[]> files = new LinkedHashMap<>();
  private final Manifest manifest = new Manifest();

  /** A jar with this descriptor. */
  PluginJar(Map<String, String> descriptor) {
    Attributes attributes = manifest.getMainAttributes();
    attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    descriptor.forEach(attributes::putValue);
  }

  /** A plugin of version 1.2.3. */
  PluginJar(String id, String provides) {
    this(
        Map.of(
            "Postern-Plugin-Id", id,
            "Postern-Plugin-Version", "1.2.3",
            "Postern-Plugin-Api", "1.0",
            "Postern-Plugin-Java", "17",
            "Postern-Plugin-Provides", provides));
  }

  PluginJar provider(Class<?> extensionPoint, Class<?> provider) throws IOException {
    files.put("META-INF/services/" + extensionPoint.getName(), provider.getName().getBytes(UTF_8));
    add(provider);
    return this;
  }

  private void add(Class<?> type) throws IOException {
    String name = type.getName().replace('.', '/') + ".class";
    try (InputStream file = type.getClassLoader().getResourceAsStream(name)) {
      files.put(name, requireNonNull(file).readAllBytes());
    }
    for (Class<?> nested : type.getDeclaredClasses()) {
      add(nested);
    }
  }

  Path write(Path jar) throws IOException {
    try (OutputStream file = Files.newOutputStream(jar)) {
      write(file);
    }
    return jar;
  }

  /** The same jar in a zip. */
  Path writeZipped(Path zip) throws IOException {
    try (ZipOutputStream file = new ZipOutputStream(Files.newOutputStream(zip))) {
      file.putNextEntry(new ZipEntry("plugin/plugin.jar"));
      write(file);
    }
    return zip;
  }

  private void write(OutputStream to) throws IOException {
    JarOutputStream jar = new JarOutputStream(to, manifest);
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      jar.putNextEntry(new JarEntry(file.getKey()));
      jar.write(file.getValue());
    }
    jar.finish();
  }
}
