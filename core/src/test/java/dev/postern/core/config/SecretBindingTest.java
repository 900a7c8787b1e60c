package dev.postern.core.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.api.secret.Secret;
import dev.postern.api.secret.SecretValue;
import dev.postern.core.config.FakePlugins.Password;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SecretBindingTest {
  private static final String PATH = "postern.conf:1: routes.db.hops[0].auth[0].password";

  @TempDir private Path folder;
  private Book book;

  @BeforeEach
  void begin() {
    book = new Book(folder);
    book.services.environment.put("PW", "from-env");
  }

  private String read(String secret) throws Exception {
    Secret bound =
        ((Password)
                book.loadStrategy("{ type = password, password = " + secret + " }")
                    .plan("db")
                    .hops()
                    .get(0)
                    .auth()
                    .get(0)
                    .config())
            .password();
    try (SecretValue value = bound.read()) {
      return new String(value.chars());
    }
  }

  private List<String> problems(String secret) {
    return book.strategyProblems("{ type = password, password = " + secret + " }");
  }

  @Test
  void aPlainValueIsTheSecretAsItIsWritten() throws Exception {
    assertThat(read("\"hunter2\"")).isEqualTo("hunter2");
    assertThat(read("0123")).isEqualTo("0123");
    assertThat(read("true")).isEqualTo("true");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{ env = PW }",
        "{ type = env, env = PW }",
        "{ env = { env = PW } }",
        "{ totp = { seed = { env = PW } } }",
        "{ type = totp, seed = { env = PW }, digits = 8 }"
      })
  void aSourceIsNamedInEachForm(String secret) throws Exception {
    assertThat(read(secret)).isEqualTo("from-env");
  }

  @Test
  void anUnknownSourceHasTheInstalledOnesAndTheNearest() {
    assertThat(problems("{ evn = PW }"))
        .containsExactly(
            PATH
                + ": no secret plugin of type 'evn' is installed. Did you mean 'env'? Installed: env, file, command, totp [PST-P001]");
  }

  @Test
  void aSourceThatIsNotNamedIsMissing() {
    assertThat(problems("{}"))
        .containsExactly(
            PATH
                + ": the source of the secret is not named; write { env = NAME }, or type = one of env, file, command, totp [PST-C004]");
  }

  @Test
  void theTypeOfASourceIsAName() {
    assertThat(problems("{ type = { seed = hunter2 } }"))
        .containsExactly(PATH + ".type: expected the name of a secret source [PST-C003]");
  }

  @Test
  void theShortFormNeedsAKeyOfThatName() {
    assertThat(problems("{ totp = hunter2 }"))
        .containsExactly(
            PATH + ": expected { totp = { … } } with the settings of 'totp' [PST-C003]");
  }

  @Test
  void theSettingsOfASourceAreChecked() {
    assertThat(problems("{ command = [pass], timeut = 5s }"))
        .containsExactly(
            PATH
                + ".timeut: unknown setting for the secret source 'command'. Did you mean 'timeout'? [PST-C002]");
    assertThat(problems("{ command = [] }"))
        .containsExactly(PATH + ".command: the program is not named [PST-C003]");
  }

  @Test
  void aSourceThatCannotWorkWithItsSettingsSaysSo() {
    assertThat(problems("{ totp = { seed = hunter2, digits = 11 } }"))
        .containsExactly(PATH + ": digits must be 6 to 10 [PST-P004]");
  }

  @Test
  void aSecretMayStandByItself() throws Exception {
    assertThat(RouteBook.secret("{ env = PW }", book.environment()).read().chars())
        .isEqualTo("from-env".toCharArray());
    assertThat(book.problems(() -> RouteBook.secret("{ evn = PW }", book.environment())))
        .containsExactly(
            "command line: secret: no secret plugin of type 'evn' is installed. Did you mean 'env'? Installed: env, file, command, totp [PST-P001]");
    assertThat(book.problems(() -> RouteBook.secret("{ hunter2", book.environment())))
        .containsExactly(
            "command line: this is not a secret in HOCON, such as { env = NAME } [PST-C003]");
  }

  @Test
  void aSourceThatBreaksIsNamed() {
    assertThat(problems("{ totp = { seed = hunter2, digits = -1 } }"))
        .containsExactly(
            PATH
                + ": the plugin dev.postern.core.config.FakePlugins$Totp in %s is broken: making the secret source 'totp' failed with java.lang.IllegalStateException: no table for that [PST-P003]"
                    .formatted(Book.CLASSES));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{ type = password, password = [hunter2] }",
        "{ type = password, password = { command = hunter2 } }",
        "{ type = password, password = { totp = hunter2 } }",
        "{ type = password, password = { totp = { seed = x, digits = hunter2 } } }",
        "{ type = password, password = { wrong = hunter2 } }",
        "{ type = password, pasword = hunter2 }",
        "{ type = scripted, answers = hunter2 }",
        "{ type = scripted, answers = [hunter2] }",
        "{ type = scripted, rules = [hunter2] }",
        "{ type = scripted, rules = { ask = x, answer = hunter2 } }",
        "{ type = password, password = hunter2 { env = PW } }",
        "{ type = password, password = hunter2 [x] }",
        "{ type = password, password hunter2 }",
        "{ type = password, password = \"hunter2 }",
        "{ type = password, password = hun$hunter2 }"
      })
  void whatMayBeASecretIsNeverQuoted(String strategy) {
    List<String> problems = book.strategyProblems(strategy);
    assertThat(problems).isNotEmpty().noneMatch(problem -> problem.contains("hunter2"));
  }

  @Test
  void aBoundSecretPrintsAsStars() {
    HopPlan hop =
        book.loadStrategy("{ type = password, password = hunter2 }").plan("db").hops().get(0);
    assertThat(hop.toString()).doesNotContain("hunter2").contains("***");
  }

  @Test
  void aMarkOfCodeInAFileIsNoSecret() {
    assertThat(problems("{ \"postern.inline-secret\" = 0 }"))
        .singleElement()
        .asString()
        .contains("no secret plugin of type 'postern.inline-secret' is installed.");
  }
}
