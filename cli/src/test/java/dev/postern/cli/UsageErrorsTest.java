package dev.postern.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class UsageErrorsTest {
  private final Rig rig = new Rig();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          exce db -- true             | unknown command 'exce'. Did you mean 'exec'?; see postern --help
          exec --jsno db -- true      | unknown option '--jsno'. Did you mean '--json'?; see postern exec --help
          exec -J -oProxyCommand=x db | expected parameter for option '-J' but found '-oProxyCommand=x'; see postern exec --help
          exec db -o                  | missing required parameter for option '-o' (KEY=VALUE); see postern exec --help
          exec                        | missing required parameter: 'ROUTE'; see postern exec --help
          forward --run psql          | there is no ROUTE before --run, which takes all that follows; write postern forward ROUTE --run psql; see postern forward --help
          forward -N --run sh -c id   | there is no ROUTE before --run, which takes all that follows; write postern forward ROUTE --run sh …; see postern forward --help
          shell db more               | too many arguments, from 'more'; see postern shell --help
          """)
  void aMistakeIsOneLine(String line, String sentence) {
    assertThat(rig.run(line.split(" "))).isEqualTo(2);
    assertThat(rig.error()).isEqualTo("postern: " + sentence + " [PST-C009]\n");
    assertThat(rig.output()).isEmpty();
    assertThat(rig.opened).isEmpty();
  }

  @Test
  void orOneObjectInJson() {
    assertThat(rig.run("explain", "--json", "--bogus", "db")).isEqualTo(2);
    assertThat(rig.error())
        .isEqualTo(
            "{\"code\":\"PST-C009\",\"message\":\"unknown option '--bogus'; see postern explain --help\",\"ok\":false}\n");
  }
}
