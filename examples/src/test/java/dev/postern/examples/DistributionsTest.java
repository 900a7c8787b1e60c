package dev.postern.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.examples.Outside.Outcome;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What docs/distributions.md says, done. */
final class DistributionsTest {
  @TempDir private Path folder;

  @Test
  void itsCommandsMakeAnArchiveThatRunsWhereNoJavaIs() throws Exception {
    Commands commands = Commands.of("distributions.md");
    assertThat(commands.count()).isLessThanOrEqualTo(4);
    Outside assembler = Outside.onlineIn(folder);

    assertThat(assembler.succeed(commands.text()))
        .contains("\nauth-publickey ", "\ntransport-jump ")
        .doesNotContain("auth-password");

    String command = assembler.succeed("echo $PWD/example-ssh-1.0.0-*/bin/example-ssh").strip();
    Outcome version = assembler.run("-i", command, "--version");
    assertThat(version.error()).isEmpty();
    assertThat(version.output()).startsWith("example-ssh 1.0.0 (postern ");
  }
}
