package dev.postern.integration;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * The reference in {@code docs/reference} is that of the records. To write it anew: {@code mvn -pl
 * integration-tests -am test -Dtest=ReferencePagesTest -Dsurefire.failIfNoSpecifiedTests=false
 * -Dwrite-reference}.
 */
final class ReferencePagesTest {
  private static final Path FOLDER = Path.of("../docs/reference");

  @Test
  void theReferenceSaysWhatTheRecordsSay() throws IOException {
    for (Map.Entry<String, String> page : new ReferencePages().all().entrySet()) {
      Path file = FOLDER.resolve(page.getKey());
      if (System.getProperty("write-reference") != null) {
        Files.createDirectories(FOLDER);
        Files.writeString(file, page.getValue());
      }
      assertThat(file)
          .as("write it anew: -Dtest=ReferencePagesTest -Dwrite-reference")
          .hasContent(page.getValue());
    }
  }

  @Test
  void everyKeyOfEveryBundledTypeHasAMeaning() {
    assertThat(String.join("\n", new ReferencePages().all().values()))
        .doesNotContain("|  | `")
        .contains("## publickey", "## jump", "## join");
  }
}
