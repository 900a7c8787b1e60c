package dev.postern.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.cli.surroundings.PluginPlaces;
import dev.postern.plugin.InstalledPlugin;
import dev.postern.plugin.KeyDescription;
import dev.postern.plugin.PluginType;
import dev.postern.plugin.TypeDescription;
import dev.postern.problem.Code;
import dev.postern.problem.ConfigProblem;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PluginsCommandsTest {
  private static final ConfigProblem BROKEN =
      new ConfigProblem(Code.PLUGIN_CLASS_MISSING, "", "", "the plugin acme is broken");

  private final Rig rig = new Rig();

  private static InstalledPlugin plugin(String id, List<ConfigProblem> problems) {
    return new InstalledPlugin(
        id,
        "1.2",
        "1.0",
        List.of(PluginType.parse("auth:" + id)),
        "/plugins/" + id,
        false,
        problems);
  }

  @Test
  void describeShowsEveryKey() {
    rig.types.add(
        new TypeDescription(
            PluginType.parse("auth:acme"),
            "acme-login",
            "Signs in.",
            List.of(
                new KeyDescription(
                    "token",
                    "secret",
                    Optional.empty(),
                    true,
                    true,
                    "What to send.",
                    "{ env = NAME }"),
                new KeyDescription(
                    "pause", "duration", Optional.of("15s"), false, false, "How long.", "15s"))));
    assertThat(rig.run("plugins", "describe", "acme")).isZero();
    assertThat(rig.output())
        .isEqualTo(
            """
            auth:acme, of the plugin acme-login. Signs in.
            KEY    TYPE      DEFAULT   MEANING        EXAMPLE
            token  secret    required  What to send.  { env = NAME }
            pause  duration  15s       How long.      15s
            """);
    rig.output.reset();
    rig.run("plugins", "describe", "--json", "acme");
    assertThat(rig.output())
        .startsWith("{\"ok\":true,\"types\":[{\"keys\":[{\"default\":\"\",\"example\":")
        .contains("\"key\":\"token\"", "\"secret\":true");
  }

  @Test
  void aBrokenPluginThatNoRouteNamesIsAFailureOfTheStrictOnly() {
    rig.plugins.add(plugin("acme", List.of(BROKEN)));
    rig.plugins.add(plugin("sound", List.of()));
    assertThat(rig.run("plugins", "verify")).isZero();
    assertThat(rig.output()).isEqualTo("2 plugins, 1 of them sound\n");
    assertThat(rig.error()).isEqualTo("postern: the plugin acme is broken [PST-P010]\n");
    assertThat(rig.run("plugins", "verify", "--strict")).isEqualTo(1);
  }

  @Test
  void aProblemThatARouteHasIsAFailureInAnyCase() {
    rig.plugins.add(plugin("sound", List.of()));
    assertThat(rig.run("plugins", "verify", "--strict")).isZero();
    assertThat(rig.output()).isEqualTo("1 plugin, no problems\n");
    rig.routeProblems.add(BROKEN);
    assertThat(rig.run("plugins", "verify")).isEqualTo(1);
  }

  @Test
  void twoPluginsOfOneTypeAreAFailureOfTheStrict() {
    rig.conflicts.add(new ConfigProblem(Code.PLUGIN_DUPLICATE_TYPE, "", "", "twice"));
    assertThat(rig.run("plugins", "verify")).isZero();
    assertThat(rig.run("plugins", "verify", "--strict")).isEqualTo(1);
    assertThat(rig.error()).isEqualTo("postern: twice [PST-P002]\n".repeat(2));
  }

  @Test
  void whatIsNoPluginIsNotInstalled(@TempDir Path folder) throws Exception {
    rig.directory = folder;
    rig.home = folder;
    Files.writeString(folder.resolve("notes.txt"), "hello");
    assertThat(rig.run("plugins", "install", "notes.txt")).isEqualTo(255);
    assertThat(rig.error())
        .isEqualTo(
            "postern: %s/notes.txt is neither a .jar nor a .zip of jars, which plugins come in [PST-P017]\n"
                .formatted(folder));
    assertThat(folder.resolve(".local/share/postern/plugins")).isEmptyDirectory();
  }

  @Test
  void aDigestThatIsNotTheFilesIsRefusedAndTheFilesIsShown(@TempDir Path folder) throws Exception {
    rig.directory = folder;
    rig.home = folder;
    Files.writeString(folder.resolve("acme.jar"), "hello");
    String digest = "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824";
    String other = "f".repeat(64);
    assertThat(rig.run("plugins", "install", "--sha256", other, "acme.jar")).isEqualTo(255);
    assertThat(rig.output()).isEqualTo("SHA-256 of acme.jar: %s\n".formatted(digest));
    assertThat(rig.error())
        .isEqualTo(
            "postern: %s/acme.jar has the SHA-256 %s and not %s; nothing of it was loaded. Get the file again, or ask who made it for its digest [PST-P017]\n"
                .formatted(folder, digest, other));
    assertThat(rig.run("plugins", "install", "--sha256", "12ab", "acme.jar")).isNotZero();
    assertThat(rig.error())
        .endsWith(
            "postern: command line: --sha256 12ab: expected 64 hexadecimal digits [PST-C009]\n");
  }

  @Test
  void whatIsNotInstalledCannotBeRemoved(@TempDir Path folder) {
    rig.home = folder;
    assertThat(rig.run("plugins", "remove", "--json", "acme")).isEqualTo(255);
    assertThat(rig.error())
        .isEqualTo(
            "{\"code\":\"PST-P017\",\"message\":\"no plugin 'acme' is installed in %s. Installed: none\",\"ok\":false}\n"
                .formatted(folder.resolve(".local/share/postern/plugins")));
  }

  @Test
  void pluginsAreLookedForWhereTheCommandLineTheEnvironmentTheDistributionAndTheUserHaveThem() {
    Path home = Path.of("/home/alice");
    PluginPlaces places =
        new PluginPlaces(
            Map.of("POSTERN_PLUGINS", "/a" + File.pathSeparator + "/b"),
            home,
            Optional.of(Path.of("/opt/acme-ssh")));
    Path ofUser = home.resolve(".local/share/postern/plugins");
    assertThat(places.toInstall()).isEqualTo(ofUser);
    places.name(Path.of("/named"));
    assertThat(places.all())
        .containsExactly(
            Path.of("/named"),
            Path.of("/a"),
            Path.of("/b"),
            Path.of("/opt/acme-ssh/plugins"),
            ofUser);
    assertThat(places.toInstall()).isEqualTo(Path.of("/named"));
    assertThat(new PluginPlaces(Map.of("XDG_DATA_HOME", "/data"), home, Optional.empty()).all())
        .containsExactly(Path.of("/data/postern/plugins"));
  }
}
