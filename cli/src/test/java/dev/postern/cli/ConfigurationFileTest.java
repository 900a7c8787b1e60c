package dev.postern.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code -F} means, and which file is taken without it. */
final class ConfigurationFileTest {
  private final Rig rig = new Rig();
  @TempDir private Path folder;

  @BeforeEach
  void endAtOnce() {
    rig.directory = folder;
    rig.circuit.process.exits(0);
  }

  @ParameterizedTest
  @ValueSource(strings = {"none", "/dev/null"})
  void aFileThatIsNoneIsWithoutOne(String file) throws IOException {
    Files.writeString(folder.resolve("postern.conf"), "");
    assertThat(rig.run("exec", "-F", file, "a@b", "--", "true")).isZero();
    assertThat(rig.configurations).containsExactly(Optional.empty());
  }

  @ParameterizedTest
  @ValueSource(strings = {"Host foo\n  Port 22\n", "# mine\nForwardAgent no\nmatch user bob\n"})
  void aConfigurationOfOpenSshIsNamedAsOne(String text) throws IOException {
    Files.writeString(folder.resolve("config"), text);
    assertThat(rig.run("exec", "-F", "config", "foo", "--", "true")).isEqualTo(2);
    assertThat(rig.error())
        .isEqualTo(
            "postern: command line: config looks like a configuration of OpenSSH; -F takes one of Postern's. Without one, use -F none and -J, -l, -p, -i, -o [PST-C009]\n");
    assertThat(rig.configurations).isEmpty();
  }

  @Test
  void aConfigurationOfPosternIsNotTakenForOne() throws IOException {
    Path file = Files.writeString(folder.resolve("my.conf"), "postern { routes { host x : 1 } }\n");
    assertThat(rig.run("exec", "-F", "my.conf", "db", "--", "true")).isZero();
    assertThat(rig.configurations).containsExactly(Optional.of(file));
  }

  @Test
  void oneThatIsNotThereIsLeftToItsReader() {
    rig.run("exec", "-F", "nosuch", "db", "--", "true");
    assertThat(rig.configurations).containsExactly(Optional.of(folder.resolve("nosuch")));
  }

  @Test
  void aFileThatLiesAroundAndIsSomebodyElsesIsTakenOnlyByItsName() throws Exception {
    assumeTrue(System.getProperty("user.name").equals("root"), "only root gives files away");
    Path file = Files.createFile(folder.resolve("postern.conf"));
    assertThat(rig.run("check")).isZero();
    UserPrincipal nobody =
        file.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("nobody");
    Files.setOwner(file, nobody);
    assertThat(rig.run("check")).isEqualTo(255);
    assertThat(rig.error())
        .isEqualTo(
            "postern: %s: it belongs to nobody and not to you; if you trust it, name it: --config %s [PST-C007]\n"
                .formatted(file, file));
    assertThat(rig.run("check", "--config", "postern.conf")).isZero();
  }
}
