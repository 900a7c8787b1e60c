package dev.postern.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The examples of the documentation are those that are compiled and run here. */
final class DocumentationTest {
  private static final Path DOCS = Path.of("../docs");

  @Test
  void theExampleOfTheContractIsTheSource() throws IOException {
    assertThat(Files.readString(DOCS.resolve("testkit.md")))
        .as("docs/testkit.md must hold FriendTest.java as it is")
        .contains(block(source("FriendTest")));
  }

  @ParameterizedTest
  @CsvSource({"auth-strategy, Friend", "transport, AnyOf", "secret-source, Credential"})
  void theExampleOfAnExtensionPointIsTheSource(String page, String example) throws IOException {
    String text = Files.readString(DOCS.resolve("spi").resolve(page + ".md"));
    for (String name : new String[] {example + "Provider", example + "Test"}) {
      assertThat(text)
          .as("docs/spi/%s.md must hold %s.java as it is, without its imports", page, name)
          .contains(block(withoutImports(source(name))));
    }
  }

  private static String source(String name) throws IOException {
    return Files.readString(Path.of("src/test/java/dev/postern/testkit/example", name + ".java"));
  }

  private static String withoutImports(String source) {
    return source.replaceAll("(?m)^(package|import) .*\\n", "").stripLeading();
  }

  private static String block(String source) {
    return "```java\n" + source + "```";
  }
}
