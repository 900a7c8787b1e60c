package dev.postern.core.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.postern.api.auth.AuthStrategyProvider;
import dev.postern.core.plugin.TestProviders.BadName;
import dev.postern.core.plugin.TestProviders.MissesALibrary;
import dev.postern.core.plugin.TestProviders.OtherPassword;
import dev.postern.core.plugin.TestProviders.Password;
import dev.postern.core.plugin.TestProviders.Publickey;
import dev.postern.core.plugin.TestProviders.Stranger;
import dev.postern.core.plugin.TestProviders.ThrowsWhenAsked;
import dev.postern.core.plugin.TestProviders.ThrowsWhenMade;
import dev.postern.plugin.InstalledPlugin;
import dev.postern.plugin.PluginType;
import dev.postern.problem.Code;
import dev.postern.problem.ConfigProblem;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PluginRegistryTest {
  private static final String CLASSES = Origin.place(TestProviders.class);

  @TempDir private Path folder;

  private PluginRegistry discover(String... classes) throws Exception {
    Path services = Files.createDirectories(folder.resolve("META-INF/services"));
    Files.write(services.resolve(AuthStrategyProvider.class.getName()), Arrays.asList(classes));
    try (URLClassLoader loader =
        new URLClassLoader(
            new URL[] {folder.toUri().toURL()}, TestProviders.class.getClassLoader())) {
      return PluginRegistry.discover(loader, List.of());
    }
  }

  private static String name(Class<?> type) {
    return type.getName();
  }

  @Test
  void providersAreFoundByType() throws Exception {
    PluginRegistry registry = discover(name(Password.class), name(Publickey.class));
    assertThat(registry.auth().find("publickey")).get().isInstanceOf(Publickey.class);
    assertThat(registry.auth().types()).containsExactly("password", "publickey");
    assertThat(registry.problems()).isEmpty();
  }

  @Test
  void coreBringsItsTransportAndItsSecretSources() throws Exception {
    PluginRegistry registry = discover();
    assertThat(registry.transports().types()).containsExactly("direct");
    assertThat(registry.secrets().types())
        .containsExactly("command", "env", "file", "join", "prompt");
  }

  @Test
  void oneBrokenProviderDoesNotLoseTheOthers() throws Exception {
    PluginRegistry registry =
        discover(
            name(ThrowsWhenMade.class),
            name(Password.class),
            name(MissesALibrary.class),
            "no.such.Provider",
            name(ThrowsWhenAsked.class),
            name(Stranger.class),
            name(BadName.class),
            name(Publickey.class));
    assertThat(registry.auth().types()).containsExactly("password", "publickey");
    assertThat(registry.problems())
        .extracting(ConfigProblem::toString)
        .containsExactly(
            "a provider of AuthStrategyProvider cannot be loaded: Provider dev.postern.core.plugin.TestProviders$ThrowsWhenMade could not be instantiated: java.lang.IllegalStateException: no licence [PST-P003]",
            "a provider of AuthStrategyProvider cannot be loaded: Provider dev.postern.core.plugin.TestProviders$MissesALibrary could not be instantiated: java.lang.NoClassDefFoundError: vault/Client [PST-P003]",
            "a provider of AuthStrategyProvider cannot be loaded: Provider no.such.Provider not found [PST-P003]",
            "a provider of AuthStrategyProvider cannot be loaded: java.lang.NoSuchMethodError: dev.postern.api.Gone [PST-P003]",
            "a provider of AuthStrategyProvider cannot be loaded: dev.postern.core.plugin.TestProviders$Stranger not a subtype [PST-P003]",
            "the type of dev.postern.core.plugin.TestProviders$BadName in %s cannot be used: 'Bad Name' is not of the form [a-z][a-z0-9-]* [PST-P003]"
                .formatted(CLASSES));
  }

  @Test
  void twoProvidersOfOneTypeAreNamedWithTheirPlaces() throws Exception {
    Providers<AuthStrategyProvider<?>> auth =
        discover(name(Password.class), name(OtherPassword.class)).auth();
    assertThat(auth.find("password")).isEmpty();
    assertThat(auth.problem("password", "x.conf:1", "p"))
        .isEqualTo(
            new ConfigProblem(
                Code.PLUGIN_DUPLICATE_TYPE,
                "x.conf:1",
                "p",
                "the auth type 'password' is provided twice, by dev.postern.core.plugin.TestProviders$Password in %s and by dev.postern.core.plugin.TestProviders$OtherPassword in %s; remove one of them, or choose: postern.plugins.prefer.password = the id or the place of one"
                    .formatted(CLASSES, CLASSES)));
  }

  @Test
  void anUnknownTypeHasTheInstalledOnesAndTheNearest() throws Exception {
    assertThat(
            discover(name(Password.class), name(Publickey.class))
                .auth()
                .problem("pubkey", "", "")
                .message())
        .isEqualTo(
            "no auth plugin of type 'pubkey' is installed. Did you mean 'publickey'? Installed: password, publickey");
  }

  @Test
  void whereNothingIsInstalledTheMessageSaysSo() {
    PluginRegistry registry = PluginRegistry.of(List.of(), List.of(), List.of(), List.of());
    assertThat(registry.auth().problem("password", "", "").message())
        .isEqualTo("no auth plugin of type 'password' is installed. Installed: none");
  }

  @Test
  void everythingInstalledIsListedByJarWithItsPlace() throws Exception {
    List<InstalledPlugin> installed =
        discover(name(Password.class), name(OtherPassword.class)).installed();
    assertThat(installed)
        .extracting(InstalledPlugin::location, InstalledPlugin::bundled, InstalledPlugin::types)
        .containsExactly(
            tuple(
                CLASSES,
                true,
                List.of(PluginType.parse("auth:password"), PluginType.parse("auth:password"))),
            tuple(
                Origin.place(PluginRegistry.class),
                true,
                List.of(
                    PluginType.parse("transport:direct"),
                    PluginType.parse("secret:command"),
                    PluginType.parse("secret:env"),
                    PluginType.parse("secret:file"),
                    PluginType.parse("secret:join"),
                    PluginType.parse("secret:prompt"))));
  }

  @Test
  void theThreadsClassLoaderIsNotAsked() throws Exception {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(null);
    try {
      assertThat(discover(name(Password.class)).auth().types()).containsExactly("password");
    } finally {
      thread.setContextClassLoader(before);
    }
  }
}
