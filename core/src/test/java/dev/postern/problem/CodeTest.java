package dev.postern.problem;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

final class CodeTest {
  @Test
  void everyCodeHasOneAnchorInTheDocumentation() throws Exception {
    List<String> anchors =
        Files.readAllLines(Path.of("..", "docs", "codes.md")).stream()
            .filter(line -> line.startsWith("### PST-"))
            .map(line -> line.substring(4))
            .toList();
    assertThat(anchors)
        .doesNotHaveDuplicates()
        .containsExactlyInAnyOrderElementsOf(Arrays.stream(Code.values()).map(Code::id).toList());
  }
}
