package dev.postern.cli.session;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.junit.jupiter.api.Test;

final class WatchedOutputTest {
  private final ByteArrayOutputStream screen = new ByteArrayOutputStream();
  private final WatchedOutput output = new WatchedOutput(screen);

  /** What is sent after it, to undo it. */
  private String undone(String... pieces) throws IOException {
    screen.reset();
    for (String piece : pieces) {
      output.write(piece.getBytes(UTF_8));
    }
    assertThat(screen.toString(UTF_8)).isEqualTo(String.join("", pieces));
    screen.reset();
    output.undo();
    return screen.toString(UTF_8);
  }

  @Test
  void whatIsPutBackByTheFarEndNeedsNothing() throws IOException {
    assertThat(
            undone(
                "\u001b[?1049h\u001b[?25l\u001b[31mred\u001b[0m\u001b[?25h\u001b[?1049l",
                "\u001b=\u001b>plain\u001b[1;1H\u001b[K"))
        .isEmpty();
  }

  @Test
  void everyModeThatIsLeftIsPutBack() throws IOException {
    assertThat(undone("\u001b[?1049;1000;1006h\u001b[?2004h\u001b[?25l\u001b[?7l\u001b="))
        .isEqualTo(
            "\u001b[?7h\u001b[?25h\u001b[?1000l\u001b[?1006l\u001b[?1049l\u001b[?2004l\u001b>");
  }

  @Test
  void aColourThatIsLeftIsPutBack() throws IOException {
    assertThat(undone("\u001b[1;31mred")).isEqualTo("\u001b[m");
  }

  @Test
  void sequencesMayComeInPieces() throws IOException {
    assertThat(undone("\u001b", "[?", "10", "49h")).isEqualTo("\u001b[?1049l");
  }

  @Test
  void aResetOfTheTerminalIsOneOfOurs() throws IOException {
    assertThat(undone("\u001b[?1049h\u001b[31m\u001b=\u001bc")).isEmpty();
  }

  @Test
  void itIsDoneOnce() throws IOException {
    assertThat(undone("\u001b[?1049h")).isEqualTo("\u001b[?1049l");
    assertThat(undone()).isEmpty();
  }

  @Test
  void aLineIsOpenUntilItEnds() throws IOException {
    output.write("a\u001b[m".getBytes(UTF_8));
    assertThat(output.isLineOpen()).isTrue();
    output.write("\r\n\u001b[?2004l\r".getBytes(UTF_8));
    assertThat(output.isLineOpen()).isFalse();
    output.write("$ \u001b[?1049h vim".getBytes(UTF_8));
    assertThat(output.isLineOpen()).isFalse();
  }

  @Test
  void nonsenseIsForgotten() throws IOException {
    assertThat(undone("\u001b[?" + "9".repeat(100) + "h", "\u001b[?x;-1;h", "\u001b[?12h"))
        .isEmpty();
  }
}
