package dev.postern.cli.sshconfig;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ProxyCommandTest {
  private static String text(String word) {
    return new ProxyCommand(List.of(word), List.of()).text();
  }

  @Test
  void wordsStandAroundTheTarget() {
    assertThat(
            new ProxyCommand(
                    List.of("/opt/postern", "forward", "-F", "/etc/postern.conf"),
                    List.of("--before-last", "orders-db"))
                .text())
        .isEqualTo(
            "/opt/postern forward -F /etc/postern.conf -W '[%h]:%p' --before-last orders-db");
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "/a/b-c_d.conf | /a/b-c_d.conf",
        "/a b/$HOME | '/a b/$HOME'",
        "/50%/ö | /50%%/ö",
        "~x | '~x'",
        "a\"b | 'a\"b'",
        "it's $5 | it\\'s\\ \\$5",
        "a\\b c | a\\\\b\\ c",
        "hey!x | hey\\!x"
      },
      delimiter = '|')
  void whatMayMeanSomethingToAShellOrToSshIsQuoted(String word, String quoted) {
    assertThat(text(word)).isEqualTo(quoted + " -W '[%h]:%p'");
  }

  @Test
  void aLineBreakCannotBeWritten() {
    assertThatThrownBy(() -> text("a\nb"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("\"a?b\" cannot stand in a ProxyCommand: it has a control character");
  }
}
