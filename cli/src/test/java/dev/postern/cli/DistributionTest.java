package dev.postern.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.cli.surroundings.Distribution;
import dev.postern.plugin.PluginType;
import dev.postern.plugin.TypeDescription;
import dev.postern.route.Route;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a distribution of its own name makes of the command. */
final class DistributionTest {
  private final Rig rig = new Rig();
  @TempDir private Path folder;

  @BeforeEach
  void unpack() throws Exception {
    rig.distribution = new Distribution("acme-ssh", "2.1", Optional.of(folder), Optional.empty());
    Files.createDirectory(folder.resolve("conf"));
    rig.circuit.process.exits(0);
  }

  @Test
  void helpSaysItsName() {
    assertThat(rig.run("--help")).isZero();
    assertThat(rig.output())
        .startsWith("Usage: acme-ssh COMMAND [OPTIONS] …")
        .contains("  acme-ssh exec orders-db -- uptime ", "~/.config/postern/postern.conf")
        .doesNotContain("postern exec", "demo");
    assertThat(rig.run("exec", "--help")).isZero();
    assertThat(rig.output()).contains("Usage: acme-ssh exec [OPTIONS] ROUTE -- COMMAND…");
    assertThat(rig.run("plugins", "install", "--help")).isZero();
    assertThat(rig.output())
        .contains("  acme-ssh plugins install acme-login-1.2.jar", "~/.local/share/postern/plugins")
        .doesNotContain(" postern ");
  }

  @Test
  void soDoWhatIsWrongAndCompletion() {
    assertThat(rig.run("exce")).isEqualTo(2);
    assertThat(rig.error())
        .isEqualTo(
            "acme-ssh: unknown command 'exce'. Did you mean 'exec'?; see acme-ssh --help [PST-C009]\n");
    assertThat(rig.run("completion")).isZero();
    assertThat(rig.output()).contains("complete -F _complete_acme-ssh -o default acme-ssh");
  }

  @Test
  void itsConfigurationIsTakenWhereThereIsNoOther() throws Exception {
    Path own = Files.writeString(folder.resolve("conf/postern.conf"), "");
    assertThat(rig.run("exec", "db", "--", "true")).isZero();
    rig.directory = Files.createDirectory(folder.resolve("work"));
    Path nearer = Files.writeString(rig.directory.resolve("postern.conf"), "");
    assertThat(rig.run("exec", "db", "--", "true")).isZero();
    assertThat(rig.configurations).containsExactly(Optional.of(own), Optional.of(nearer));
  }

  @Test
  void withoutAnyItSaysWhereItLooked() {
    assertThat(rig.run("check")).isEqualTo(255);
    assertThat(rig.error())
        .isEqualTo(
            "acme-ssh: command line: there is no configuration: neither of --config FILE, $POSTERN_CONFIG, /nowhere/folder/postern.conf, /nowhere/home/.config/postern/postern.conf, %s/conf/postern.conf [PST-C008]\n"
                .formatted(folder));
  }

  @Test
  void aDestinationIsTriedWithKeysAloneWhereNobodyCanBeAsked() {
    assertThat(rig.run("exec", "a@b", "--", "true")).isZero();
    rig.types.add(new TypeDescription(PluginType.parse("auth:interactive"), "x", "", List.of()));
    assertThat(rig.run("exec", "a@b", "--", "true")).isZero();
    assertThat(rig.opened)
        .extracting(route -> ((Route) route).settings().toString().contains("interactive"))
        .containsExactly(false, true);
  }
}
