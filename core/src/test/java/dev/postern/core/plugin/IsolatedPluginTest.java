package dev.postern.core.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.api.auth.AuthStrategy;
import dev.postern.api.auth.AuthStrategyProvider;
import dev.postern.api.auth.Prompt;
import dev.postern.api.auth.Reply;
import dev.postern.plugin.InstalledPlugin;
import dev.postern.plugin.PluginType;
import dev.postern.problem.Code;
import dev.postern.problem.ConfigProblem;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class IsolatedPluginTest {
  private static final String SERVICE = AuthStrategyProvider.class.getName();

  @TempDir private Path plugins;
  private PluginRegistry registry;

  private PluginRegistry discover() {
    registry = PluginRegistry.discover(PluginRegistry.class.getClassLoader(), List.of(plugins));
    return registry;
  }

  @AfterEach
  void close() {
    if (registry != null) {
      registry.close();
    }
  }

  private String answer(String type) throws Exception {
    return answer(registry.auth().find(type).orElseThrow());
  }

  private static <C extends Record> String answer(AuthStrategyProvider<C> provider)
      throws Exception {
    RecordComponent[] components = provider.configType().getRecordComponents();
    var constructor = provider.configType().getDeclaredConstructor(components[0].getType());
    constructor.setAccessible(true);
    try (AuthStrategy strategy = provider.create(constructor.newInstance("hello"), null)) {
      Reply reply =
          strategy.prompt(new Prompt("who?", false, 0, new Prompt.Round(1, 1, "", "", 1)));
      return new String(((Reply.Answer) reply).value().chars());
    }
  }

  @Test
  void aPluginInAFolderOfItsOwnIsFoundByItsType() throws Exception {
    PluginProject.auth("acme-login", "acme").build(plugins.resolve("acme-login"), "acme-login");
    assertThat(discover().auth().types()).contains("acme");
    assertThat(answer("acme")).isEqualTo("hello");
  }

  @Test
  void nothingIsLoadedBeforeATypeIsAskedFor() throws Exception {
    Path witness = plugins.resolve("loaded");
    PluginProject project = PluginProject.auth("eager", "eager");
    project.source(
        "acme.eager.Provider",
        PluginProject.authProvider("eager", "return new Strategy(config);")
            .replace(
                "public String type()",
                "static { try { java.nio.file.Files.createFile(java.nio.file.Path.of(\"%s\")); } catch (java.io.IOException e) { throw new IllegalStateException(e); } } public String type()"
                    .formatted(witness)));
    project.build(plugins.resolve("eager"), "eager");
    discover();
    assertThat(registry.auth().types()).contains("eager");
    assertThat(registry.problems()).isEmpty();
    assertThat(witness).doesNotExist();
    assertThat(registry.auth().find("eager")).isPresent();
    assertThat(witness).exists();
  }

  @Test
  void itIsLookedThroughOnce() throws Exception {
    Path jar =
        PluginProject.auth("acme-login", "acme").build(plugins.resolve("acme-login"), "acme-login");
    discover();
    assertThat(registry.installed()).anyMatch(IsolatedPluginTest::isSoundAcme);
    // Whoever read it again would find it damaged.
    Files.write(jar, new byte[10]);
    assertThat(registry.installed()).anyMatch(IsolatedPluginTest::isSoundAcme);
  }

  private static boolean isSoundAcme(InstalledPlugin plugin) {
    return plugin.id().equals("acme-login") && plugin.isSound();
  }

  @Test
  void twoPluginsBringTwoVersionsOfOneLibrary() throws Exception {
    for (String version : List.of("one", "two")) {
      Path folder = plugins.resolve("plugin-" + version);
      Path library =
          new PluginProject()
              .source(
                  "lib.Words",
                  "public final class Words { public static String said() { return \"%s\"; } }"
                      .formatted(version))
              .build(folder, "words");
      PluginProject.auth("plugin-" + version, version)
          .library(library)
          .source(
              "acme.plugin" + version + ".Provider",
              PluginProject.authProvider(version, "return new Strategy(config);")
                  .replace("config.greeting()", "lib.Words.said()"))
          .build(folder, "plugin");
    }
    discover();
    assertThat(answer("one")).isEqualTo("one");
    assertThat(answer("two")).isEqualTo("two");
  }

  @Test
  void aPluginSeesTheJdkTheApiAndSlf4jAndNothingElseOfTheHost() throws Exception {
    String look =
        """
        StringBuilder seen = new StringBuilder();
        for (String name : new String[] {
            "java.sql.Driver", "dev.postern.api.auth.Reply", "org.slf4j.Logger", "dev.postern.Postern",
            "com.google.inject.Injector", "org.apache.sshd.client.SshClient", "com.typesafe.config.Config"}) {
          try {
            Class.forName(name);
            seen.append(name).append(' ');
          } catch (ClassNotFoundException e) {
            // hidden
          }
        }
        for (String name : new String[] {
            "META-INF/services/dev.postern.api.transport.TransportProvider", "reference.conf"}) {
          if (Config.class.getClassLoader().getResource(name) != null) {
            seen.append(name);
          }
        }
        return new Strategy(new Config(seen.toString()));
        """;
    PluginProject.auth("curious", "curious")
        .source("acme.curious.Provider", PluginProject.authProvider("curious", look))
        .build(plugins.resolve("curious"), "curious");
    discover();
    assertThat(answer("curious"))
        .isEqualTo("java.sql.Driver dev.postern.api.auth.Reply org.slf4j.Logger ");
  }

  @Test
  void theListHasIdTypesVersionLevelAndPlace() throws Exception {
    PluginProject.auth("acme-login", "acme").build(plugins.resolve("folder"), "acme-login");
    assertThat(discover().installed())
        .contains(
            new InstalledPlugin(
                "acme-login",
                "1.2.3",
                "1.0",
                List.of(PluginType.parse("auth:acme")),
                plugins.resolve("folder").toString(),
                false,
                List.of()));
  }

  @Test
  void aTypeOfTwoPluginsIsNobodysUntilOneIsChosen() throws Exception {
    PluginProject.auth("first", "twin").build(plugins.resolve("first"), "first");
    PluginProject.auth("second", "twin").build(plugins.resolve("second"), "second");
    discover();
    assertThat(registry.auth().find("twin")).isEmpty();
    assertThat(registry.auth().problem("twin", "x.conf:1", "p"))
        .isEqualTo(
            new ConfigProblem(
                Code.PLUGIN_DUPLICATE_TYPE,
                "x.conf:1",
                "p",
                "the auth type 'twin' is provided twice, by first 1.2.3 in %s and by second 1.2.3 in %s; remove one of them, or choose: postern.plugins.prefer.twin = the id or the place of one"
                    .formatted(plugins.resolve("first"), plugins.resolve("second"))));
    for (String choice : List.of("second", plugins.resolve("second").toString())) {
      assertThat(registry.preferring(Map.of("twin", choice)).auth().find("twin"))
          .get()
          .extracting(provider -> ThirdParty.mention(provider))
          .asString()
          .startsWith(" of the plugin second 1.2.3");
    }
    assertThat(
            registry.preferring(Map.of("twin", "third")).auth().problem("twin", "", "").message())
        .endsWith("; postern.plugins.prefer.twin = \"third\" names neither by its id or its place");
  }

  @Test
  void aPluginThatDoesNotRunHereIsNoSecondOneOfItsType() throws Exception {
    PluginProject.auth("first", "twin").build(plugins.resolve("first"), "first");
    PluginProject.auth("second", "twin")
        .attribute("Postern-Plugin-Api", "9.0")
        .build(plugins.resolve("second"), "second");
    assertThat(discover().auth().find("twin")).isPresent();
  }

  @Test
  void aFolderThatIsNotThereAndAFolderThatIsHiddenHaveNoPlugins() throws IOException {
    Files.createDirectories(plugins.resolve(".installing"));
    PluginRegistry none =
        PluginRegistry.discover(
            PluginRegistry.class.getClassLoader(), List.of(plugins, plugins.resolve("absent")));
    assertThat(none.problems()).isEmpty();
    assertThat(none.auth().types()).isEmpty();
  }

  @Test
  void closingLetsGoOfTheJars() throws Exception {
    Path jar = PluginProject.auth("acme", "acme").build(plugins.resolve("acme"), "acme");
    discover();
    answer("acme");
    assertThat(openFiles()).contains(jar);
    registry.close();
    assertThat(openFiles()).doesNotContain(jar);
  }

  private static List<Path> openFiles() throws IOException {
    try (var files = Files.list(Path.of("/proc/self/fd"))) {
      return files.map(IsolatedPluginTest::target).toList();
    }
  }

  private static Path target(Path link) {
    try {
      return Files.readSymbolicLink(link);
    } catch (IOException e) {
      return link;
    }
  }

  @Test
  void theServiceIsTheExtensionPoint() {
    assertThat(Plugin.service(PluginType.Kind.AUTH).getName()).isEqualTo(SERVICE);
  }
}
