package com.example.postern.connector;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the build made, started as its user does. */
final class PackagedIT {
  @TempDir private Path folder;

  private String run(String... arguments) throws Exception {
    Path launcher;
    try (Stream<Path> built = Files.list(Path.of("target"))) {
      launcher =
          built
              .map(each -> each.resolve("bin/api-connector"))
              .filter(Files::isExecutable)
              .findFirst()
              .orElseThrow();
    }
    // By a link, from another folder.
    Path link = folder.resolve("link");
    Files.createSymbolicLink(link, launcher.toAbsolutePath());
    List<String> command = new ArrayList<>(List.of(link.toString()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    Process process = builder.start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    Files.delete(link);
    assertThat(process.waitFor()).as(output).isZero();
    return output;
  }

  @Test
  void theDemoUpsertsTwentyUsersAndTwiceMakesNoDuplicates() throws Exception {
    assertThat(run("demo"))
        .contains(
            "\nUpserts       | 20\nUpdates       | 0\nDeletes       | 0\nSchemaChanges | 1\nCheckpoints   | 1\n",
            "\n20 rows in tester.user of api-connector-demo/warehouse.db:\n");
    assertThat(run("demo"))
        .contains(
            "\nUpserts       | 20\nUpdates       | 0\nDeletes       | 0\nSchemaChanges | 0\nCheckpoints   | 1\n",
            "\n20 rows in tester.user of api-connector-demo/warehouse.db:\n");
  }

  @Test
  void itSaysWhatItIs() throws Exception {
    assertThat(run("--version")).isEqualTo("api-connector 0.1.0\n");
    assertThat(run("sync", "--help")).contains("--config=FILE", "--route=NAME", "--jdbc-url=URL");
  }
}
