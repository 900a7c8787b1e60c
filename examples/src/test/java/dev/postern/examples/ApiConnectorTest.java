package dev.postern.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A distribution on core with a command of its own: tested in its own folder, and run. */
final class ApiConnectorTest {
  @TempDir private Path folder;

  @Test
  void itIsTestedAloneAndItsDemoFillsAWarehouseOnce() throws Exception {
    Outside author = Outside.in(folder);
    Checkout.copy(Checkout.file("examples/api-connector"), author.folder().resolve("connector"));

    assertThat(author.succeed("mvn -B -f connector verify"))
        .contains(
            "in com.example.postern.connector.RealServersTest",
            "in com.example.postern.connector.PackagedIT");
    String demo = "connector/target/api-connector-0.1.0/bin/api-connector demo";
    assertThat(author.succeed(demo + "\n" + demo))
        .containsPattern("(?s)\nSchemaChanges \\| 1\n.*\n20 rows in tester\\.user.*\n20 rows in ");
  }
}
