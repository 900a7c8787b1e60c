package dev.postern.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Each module is such that it could be released: its version, its changelog and the bom agree. */
final class ReleasesTest {
  @Test
  void everyModuleCouldBeReleased() throws IOException, InterruptedException {
    assumeTrue(Files.exists(Path.of("../.git")), "without a repository nobody releases");
    Process process = new ProcessBuilder("../.ci/changes").redirectErrorStream(true).start();
    List<String> lines =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
            .lines()
            .toList();
    assertThat(process.waitFor()).as("%s", lines).isZero();
    assertThat(lines)
        .hasSizeGreaterThanOrEqualTo(12)
        .allMatch(
            line -> line.contains("; would be released as ") || line.contains(": nothing since "));
  }
}
