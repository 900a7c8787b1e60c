package dev.postern.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.route.Route;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which route is meant, and which configuration. */
final class TargetTest {
  private final Rig rig = new Rig();

  @TempDir private Path folder;

  @BeforeEach
  void endAtOnce() {
    rig.circuit.process.exits(0);
  }

  @Test
  void aNameOfTheConfigurationIsARoute() {
    rig.run("exec", "db", "--", "true");
    assertThat(rig.opened).containsExactly("db");
  }

  @Test
  void aNameThatLooksLikeADestinationIsARouteIfThereIsOne() {
    rig.names.add("app@db");
    rig.run("exec", "app@db", "--", "true");
    assertThat(rig.opened).containsExactly("app@db");
  }

  @Test
  void anythingElseWithAnAtSignIsADestination() {
    rig.run("exec", "app@other", "--", "true");
    assertThat(rig.opened).singleElement().isInstanceOf(Route.class);
  }

  @Test
  void aRouteTakesNoLetters() {
    assertThat(rig.run("exec", "-l", "bob", "db", "--", "true")).isEqualTo(2);
    assertThat(rig.error())
        .isEqualTo(
            "postern: command line: 'db' is a route of the configuration, where its settings stand; -J, -l, -p, -i and -o are for other destinations [PST-C009]\n");
  }

  @Test
  void withoutAConfigurationAPlainNameSaysWhereItWasLookedFor() {
    assertThat(rig.run("exec", "orders", "--", "true")).isEqualTo(255);
    assertThat(rig.error())
        .isEqualTo(
            "postern: command line: no route 'orders', because there is no configuration: neither of --config FILE, $POSTERN_CONFIG, /nowhere/folder/postern.conf, /nowhere/home/.config/postern/postern.conf. For a destination without one, write user@host [PST-C008]\n");
  }

  @Test
  void theNamedFileWinsOverTheVariable() {
    rig.environment.put("POSTERN_CONFIG", "variable.conf");
    rig.run("exec", "--config", "named.conf", "db", "--", "true");
    rig.run("exec", "-F", "/elsewhere/named.conf", "db", "--", "true");
    rig.run("exec", "db", "--", "true");
    assertThat(rig.configurations)
        .containsExactly(
            Optional.of(Path.of("/nowhere/folder/named.conf")),
            Optional.of(Path.of("/elsewhere/named.conf")),
            Optional.of(Path.of("/nowhere/folder/variable.conf")));
  }

  @Test
  void theFileOfTheDirectoryIsFoundByItself() throws Exception {
    Files.writeString(folder.resolve("postern.conf"), "");
    rig.directory = folder;
    rig.run("exec", "app@other", "--", "true");
    assertThat(rig.configurations).containsExactly(Optional.of(folder.resolve("postern.conf")));
  }
}
