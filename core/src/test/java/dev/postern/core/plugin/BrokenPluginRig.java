package dev.postern.core.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.api.auth.AuthStrategyProvider;
import dev.postern.plugin.InstalledPlugin;
import dev.postern.problem.ConfigProblem;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A plugin that is broken beside one that is sound, in one folder, and what is said of it. */
abstract class BrokenPluginRig {
  static final String SERVICE = AuthStrategyProvider.class.getName();

  @TempDir Path plugins;
  PluginRegistry registry;

  @BeforeEach
  void aSoundPluginStandsBesides() throws IOException {
    PluginProject.auth("sound", "sound").build(plugins.resolve("sound"), "sound");
  }

  @AfterEach
  void theSoundOneWorks() {
    assertThat(registry.auth().find("sound")).isPresent();
    registry.close();
  }

  final Path folder() {
    return plugins.resolve("bad");
  }

  final Path jar() {
    return folder().resolve("bad.jar");
  }

  static PluginProject bad() {
    return PluginProject.auth("bad", "bad");
  }

  final PluginRegistry discover() {
    registry = PluginRegistry.discover(PluginRegistry.class.getClassLoader(), List.of(plugins));
    return registry;
  }

  /** What a route is told that uses the type, without the folder of the test. */
  final String used() {
    discover();
    assertThat(registry.auth().find("bad")).isEmpty();
    return shown(registry.auth().problem("bad", "", ""));
  }

  private String shown(ConfigProblem problem) {
    return problem.toString().replace(plugins + "/", "");
  }

  final List<String> listed() {
    return discover().installed().stream()
        .filter(plugin -> !plugin.isSound())
        .map(InstalledPlugin::problems)
        .flatMap(List::stream)
        .map(this::shown)
        .toList();
  }

  /** A bad plugin whose provider has one more member. */
  static PluginProject badWith(String member) {
    return bad()
        .source(
            "acme.bad.Provider",
            PluginProject.authProvider("bad", "return new Strategy(config);")
                .replace("public String type()", member + " public String type()"));
  }
}
