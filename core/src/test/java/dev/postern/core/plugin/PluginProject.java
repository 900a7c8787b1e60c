package dev.postern.core.plugin;

import dev.postern.api.ApiLevel;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * A plugin as somebody else would write it: sources that are compiled against the API and packed.
 */
final class PluginProject {
  private final Map<String, String> sources = new LinkedHashMap<>();
  private final Map<String, String> manifest = new LinkedHashMap<>();
  private final Map<String, String> resources = new LinkedHashMap<>();
  private final List<Path> libraries = new ArrayList<>();
  private String release = "17";

  /** A sound plugin with this id, which provides the auth type of that name. */
  static PluginProject auth(String id, String type) {
    String name = "acme." + id.replace("-", "") + ".Provider";
    return new PluginProject()
        .describedAs(id, "1.2.3", ApiLevel.current().toString(), "auth:" + type)
        .service("dev.postern.api.auth.AuthStrategyProvider", name)
        .source(name, authProvider(type, "return new Strategy(config);"));
  }

  /** The members of a provider and its strategy, which answers "who?" with its greeting. */
  static String authProvider(String type, String create) {
    return """
        import dev.postern.api.auth.*;
        import dev.postern.api.config.*;
        import dev.postern.api.hop.*;
        import dev.postern.api.secret.*;
        import java.util.Set;

        public final class Provider implements AuthStrategyProvider<Provider.Config> {
          public record Config(@Doc("What it says.") @Default("hello") String greeting) {}
          public String type() { return "%s"; }
          public Class<Config> configType() { return Config.class; }
          public AuthStrategy create(Config config, HopContext hop) { %s }

          record Strategy(Config config) implements AuthStrategy {
            public Set<AuthMethod> methods() { return Set.of(AuthMethod.KEYBOARD_INTERACTIVE); }
            public Reply prompt(Prompt prompt) {
              return prompt.text().equals("who?")
                  ? Reply.answer(SecretValue.of(config.greeting()))
                  : Reply.pass();
            }
          }
        }
        """
        .formatted(type, create);
  }

  PluginProject describedAs(String id, String version, String api, String provides) {
    return attribute("Postern-Plugin-Id", id)
        .attribute("Postern-Plugin-Version", version)
        .attribute("Postern-Plugin-Api", api)
        .attribute("Postern-Plugin-Java", "17")
        .attribute("Postern-Plugin-Provides", provides);
  }

  PluginProject attribute(String name, String value) {
    manifest.put(name, value);
    return this;
  }

  PluginProject without(String attribute) {
    manifest.remove(attribute);
    return this;
  }

  /** A class by its full name; the text lacks the package. */
  PluginProject source(String name, String text) {
    sources.put(name, text);
    return this;
  }

  PluginProject service(String service, String... providers) {
    return resource("META-INF/services/" + service, String.join("\n", providers));
  }

  PluginProject resource(String name, String text) {
    resources.put(name, text);
    return this;
  }

  /** A jar to compile against; it is not packed. */
  PluginProject library(Path jar) {
    libraries.add(jar);
    return this;
  }

  PluginProject release(int java) {
    release = String.valueOf(java);
    return this;
  }

  /** Builds the jar {@code <folder>/<name>.jar}, readable by others and writable by nobody else. */
  Path build(Path folder, String name) throws IOException {
    Path classes = Files.createTempDirectory("plugin-classes");
    Files.createDirectories(folder);
    compile(classes);
    Path jar = folder.resolve(name + ".jar");
    try (OutputStream file = Files.newOutputStream(jar);
        JarOutputStream out = new JarOutputStream(file, manifest())) {
      try (Stream<Path> files = Files.walk(classes)) {
        for (Path path : files.filter(Files::isRegularFile).sorted().toList()) {
          add(out, classes.relativize(path).toString(), Files.readAllBytes(path));
        }
      }
      for (Map.Entry<String, String> resource : resources.entrySet()) {
        add(out, resource.getKey(), resource.getValue().getBytes(StandardCharsets.UTF_8));
      }
    }
    return jar;
  }

  private Manifest manifest() {
    Manifest result = new Manifest();
    result.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.forEach(result.getMainAttributes()::putValue);
    return result;
  }

  private static void add(JarOutputStream out, String name, byte[] content) throws IOException {
    out.putNextEntry(new JarEntry(name));
    out.write(content);
    out.closeEntry();
  }

  private void compile(Path classes) throws IOException {
    List<Path> files = new ArrayList<>();
    for (Map.Entry<String, String> source : sources.entrySet()) {
      String name = source.getKey();
      Path file =
          classes
              .resolveSibling(classes.getFileName() + "-src")
              .resolve(name.replace('.', '/') + ".java");
      Files.createDirectories(file.getParent());
      Files.writeString(
          file, "package " + name.substring(0, name.lastIndexOf('.')) + ";\n" + source.getValue());
      files.add(file);
    }
    if (files.isEmpty()) {
      return;
    }
    List<String> classPath = new ArrayList<>(List.of(Origin.place(ApiLevel.class)));
    libraries.forEach(jar -> classPath.add(jar.toString()));
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null)) {
      boolean compiled =
          compiler
              .getTask(
                  null,
                  manager,
                  null,
                  List.of(
                      "--release",
                      release,
                      "-proc:none",
                      "-d",
                      classes.toString(),
                      "-cp",
                      String.join(":", classPath)),
                  null,
                  manager.getJavaFileObjectsFromPaths(files))
              .call();
      if (!compiled) {
        throw new IllegalStateException("the plugin's sources do not compile");
      }
    }
  }
}
