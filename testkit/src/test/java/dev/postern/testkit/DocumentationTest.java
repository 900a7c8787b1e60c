package dev.postern.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The example of docs/testkit.md is the one that is compiled and run here. */
final class DocumentationTest {
  @Test
  void theExampleOfTheContractIsTheSource() throws IOException {
    String source =
        Files.readString(Path.of("src/test/java/dev/postern/testkit/example/FriendTest.java"));
    assertThat(Files.readString(Path.of("../docs/testkit.md")))
        .as("docs/testkit.md must hold FriendTest.java as it is")
        .contains("```java\n" + source + "```");
  }
}
