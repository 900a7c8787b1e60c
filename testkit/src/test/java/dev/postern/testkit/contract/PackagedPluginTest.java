package dev.postern.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postern.Postern;
import dev.postern.api.auth.AuthMethod;
import dev.postern.api.auth.AuthStrategy;
import dev.postern.api.auth.AuthStrategyProvider;
import dev.postern.api.config.Doc;
import dev.postern.api.hop.HopContext;
import dev.postern.plugin.InstalledPlugin;
import dev.postern.plugin.PluginType;
import dev.postern.testkit.example.FriendProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PackagedPluginTest {
  /** The build's folder: what stands on the class path of this test lies in it. */
  private static final Path BUILD = Path.of("target");

  private static final PluginType FRIEND = new PluginType(PluginType.Kind.AUTH, "friend");

  @TempDir Path folder;

  private PluginJar friend;

  @BeforeEach
  void pack() throws IOException {
    friend =
        new PluginJar("friend", "auth:friend")
            .provider(AuthStrategyProvider.class, FriendProvider.class);
  }

  @Test
  void theCopyOnTheClassPathIsNotSeen() throws IOException {
    Path jar = friend.write(BUILD.resolve("friend-1.2.3.jar"));
    try (PackagedPlugin plugin = PackagedPlugin.of(jar);
        Postern postern = plugin.postern().build()) {
      assertThat(postern.plugins())
          .filteredOn(installed -> installed.types().contains(FRIEND))
          .containsExactly(plugin.installed());
      assertThat(postern.pluginConflicts()).isEmpty();
      assertThat(plugin.installed())
          .isEqualTo(
              new InstalledPlugin(
                  "friend",
                  "1.2.3",
                  "1.0",
                  List.of(FRIEND),
                  plugin.folder().resolve("friend").toString(),
                  false,
                  List.of()));
    } finally {
      Files.delete(jar);
    }
  }

  @Test
  void closingLeavesNothing() throws IOException {
    PackagedPlugin plugin = PackagedPlugin.of(friend.write(folder.resolve("friend.jar")));
    assertThat(plugin.folder()).isDirectory();
    plugin.close();
    assertThat(plugin.folder()).doesNotExist();
  }

  @Test
  void aJarThatIsNoPluginIsSaidToBeNone() throws IOException {
    Path jar = new PluginJar(Map.of()).write(folder.resolve("library.jar"));
    assertThatThrownBy(() -> PackagedPlugin.of(jar))
        .hasMessageContaining("says that it is a plugin")
        .hasMessageContaining("Postern-Plugin-Id");
  }

  @Test
  void aTypeThatTheDescriptorNamesAndNobodyProvidesIsFound() throws IOException {
    Path jar =
        new PluginJar("friend", "auth:friend,auth:foe")
            .provider(AuthStrategyProvider.class, FriendProvider.class)
            .write(folder.resolve("friend.jar"));
    assertThatThrownBy(() -> PackagedPlugin.of(jar)).hasMessageContaining("foe");
  }

  @Test
  void theJarOfTheBuildIsTakenAndTheZipBeforeIt() throws IOException {
    friend.write(folder.resolve("friend-1.2.3.jar"));
    for (String other : List.of("sources", "javadoc", "tests")) {
      Files.createFile(folder.resolve("friend-1.2.3-" + other + ".jar"));
    }
    try (PackagedPlugin plugin = PackagedPlugin.in(folder)) {
      assertThat(plugin.installed().id()).isEqualTo("friend");
    }
    new PluginJar("zipped", "auth:friend")
        .provider(AuthStrategyProvider.class, FriendProvider.class)
        .writeZipped(folder.resolve("friend-1.2.3-plugin.zip"));
    try (PackagedPlugin plugin = PackagedPlugin.in(folder)) {
      assertThat(plugin.installed().id()).isEqualTo("zipped");
    }
  }

  @Test
  void beforePackageThereIsNothingToTest() {
    assertThatThrownBy(() -> PackagedPlugin.in(folder))
        .hasMessage(
            "expected one packaged plugin in %s, found []; run this test after 'package' (maven-failsafe-plugin)",
            folder);
  }

  @Test
  void theContractFindsARecordThatNothingCanBeBoundTo() throws IOException {
    assertThatThrownBy(contract("faulty", FaultyProvider.class)::everyKeyHasAMeaning)
        .hasMessageContaining("no setting can be of the type java.lang.Thread");
  }

  @Test
  void theContractFindsAKeyWithoutAMeaning() throws IOException {
    assertThatThrownBy(contract("mute", MuteProvider.class)::everyKeyHasAMeaning)
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("keys of auth:mute without @Doc");
  }

  @Test
  void theContractFindsATypeThatSomebodyElseHas() throws IOException {
    assertThatThrownBy(contract("friend", FriendProvider.class)::theListOfPluginsHasIt)
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("types that other plugins have too; rename yours")
        .hasMessageContaining("the auth type 'friend' is provided twice");
  }

  /** For a jar elsewhere than in the build: what the class path has is somebody else's. */
  private PackagedPluginContract contract(String id, Class<?> provider) throws IOException {
    Path jar =
        new PluginJar(id, "auth:" + id)
            .provider(AuthStrategyProvider.class, provider)
            .write(folder.resolve(id + ".jar"));
    return new PackagedPluginContract() {
      @Override
      protected PackagedPlugin plugin() throws IOException {
        return PackagedPlugin.of(jar);
      }
    };
  }

  /** Says nothing of its key. */
  public static final class MuteProvider implements AuthStrategyProvider<MuteProvider.Config> {
    /** Its settings. */
    @Doc("Says nothing of its key.")
    public record Config(Optional<String> word) {}

    @Override
    public String type() {
      return "mute";
    }

    @Override
    public Class<Config> configType() {
      return Config.class;
    }

    @Override
    public AuthStrategy create(Config config, HopContext hop) {
      return () -> Set.of(AuthMethod.PASSWORD);
    }
  }
}
