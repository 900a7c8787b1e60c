package dev.postern.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ConfigurationFileTest {
  @TempDir private Path folder;

  @Test
  void aFileThatLiesAroundAndIsSomebodyElsesIsTakenOnlyByItsName() throws Exception {
    assumeTrue(System.getProperty("user.name").equals("root"), "only root gives files away");
    Path file = Files.createFile(folder.resolve("postern.conf"));
    Rig rig = new Rig();
    rig.directory = folder;
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
