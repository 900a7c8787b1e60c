package dev.postern.cli.session;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.junit.jupiter.api.Test;

final class EscapingOutputTest {
  private final ByteArrayOutputStream remote = new ByteArrayOutputStream();
  private final StringBuilder obeyed = new StringBuilder();
  private final EscapingOutput output =
      new EscapingOutput(
          remote,
          '~',
          new EscapingOutput.Escapes() {
            @Override
            public void disconnect() {
              obeyed.append('.');
            }

            @Override
            public void suspend() {
              obeyed.append('Z');
            }

            @Override
            public void help() {
              obeyed.append('?');
            }
          });

  private String typed(String... pieces) throws IOException {
    for (String piece : pieces) {
      output.write(piece.getBytes(ISO_8859_1));
    }
    return remote.toString(ISO_8859_1);
  }

  @Test
  void theKeyWorksAtTheBeginningAndAfterANewline() throws IOException {
    assertThat(typed("~?a\r~?b\n~\u001a~.")).isEqualTo("a\rb\n");
    assertThat(obeyed).hasToString("??Z.");
  }

  @Test
  void itDoesNothingWithinALine() throws IOException {
    assertThat(typed("ls ~/.ssh ~.\r")).isEqualTo("ls ~/.ssh ~.\r");
    assertThat(obeyed).isEmpty();
  }

  @Test
  void twiceItIsItself() throws IOException {
    assertThat(typed("~~.")).isEqualTo("~.");
    assertThat(obeyed).isEmpty();
  }

  @Test
  void beforeAnotherKeyItIsItself() throws IOException {
    assertThat(typed("~/bin/x\r")).isEqualTo("~/bin/x\r");
  }

  @Test
  void keysMayComeOneByOne() throws IOException {
    assertThat(typed("\r", "~", "?", "~", "x")).isEqualTo("\r~x");
    assertThat(obeyed).hasToString("?");
  }

  @Test
  void everyByteGoesThrough() throws IOException {
    StringBuilder all = new StringBuilder();
    for (char i = 255; i > 0; i--) {
      all.append(i);
    }
    assertThat(typed(all.toString())).isEqualTo(all.toString());
  }
}
