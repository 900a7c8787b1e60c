package dev.postern.auth.totp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postern.api.auth.Prompt;
import dev.postern.api.auth.Reply;
import dev.postern.api.secret.Secret;
import dev.postern.api.secret.SecretException;
import dev.postern.api.secret.SecretValue;
import dev.postern.testkit.FakeHopContext;
import dev.postern.testkit.FakePerson;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CodeSourceTest {
  private static final Parameters USUAL = new Parameters(Algorithm.SHA1, 6, 30);
  private final FakeHopContext hop = new FakeHopContext(new FakePerson());

  @ParameterizedTest
  @ValueSource(
      strings = {
        "JBSWY3DPEHPK3PXP",
        "jbsw y3dp ehpk 3pxp",
        "JBSW-Y3DP-EHPK-3PXP",
        "JBSWY3DPEHPK3PXP======\n",
        "otpauth://totp/Example:alice?secret=JBSWY3DPEHPK3PXP&issuer=Example",
        "OTPAUTH://totp/alice?secret=jbswy3dpehpk3pxp&digits=6&period=30&algorithm=SHA1"
      })
  void seedsAreReadAsPeopleCopyThem(String seed) throws Exception {
    assertThat(read(Secret.of(seed))).isEqualTo("925405");
  }

  @Test
  void theUriDecidesOverTheSettings() throws Exception {
    assertThat(read(Secret.of("otpauth://totp/a?secret=JBSWY3DPEHPK3PXP&digits=8"))).hasSize(8);
  }

  @Test
  void aCodeIsNotGivenTwiceButTheNextIsWaitedFor() throws Exception {
    Secret seed = Secret.of("JBSWY3DPEHPK3PXP");
    String first = read(seed);
    assertThat(hop.time().waits()).isEmpty();
    String second = read(seed);
    assertThat(second).isNotEqualTo(first);
    assertThat(hop.time().waits()).containsExactly(Instant.parse("2026-11-24T12:00:30Z"));
  }

  @Test
  void otherAccountsDoNotWait() throws Exception {
    read(Secret.of("JBSWY3DPEHPK3PXP"));
    read(Secret.of("JBSWY3DPEHPK3PXQ"));
    assertThat(hop.time().waits()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "not base32!",
        "0189",
        "",
        "otpauth://hotp/a?secret=JBSWY3DP",
        "otpauth://totp/a?digits=6"
      })
  void whatIsNoSeedIsRefusedWithoutShowingIt(String seed) {
    assertThatThrownBy(() -> read(Secret.of(seed)))
        .isInstanceOf(SecretException.class)
        .satisfies(
            failure -> {
              if (seed.length() > 3) {
                assertThat(failure.getMessage()).doesNotContain(seed);
              }
            });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Verification code: ",
        "One-time password (OATH) for `alice': ",
        "OTP: ",
        "Passcode: ",
        "Enter your 6-digit code: ",
        "Authenticator code:",
        "2FA code: ",
        "(alice@bastion) Verification code: "
      })
  void promptsForACodeAreRecognised(String text) throws Exception {
    assertThat(strategy().prompt(prompt(text))).isInstanceOf(Reply.Answer.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Password: ",
        "alice's password: ",
        "Passcode or option (1-3): ",
        "Are you sure (yes/no)? ",
        "New password: "
      })
  void otherPromptsAreNot(String text) throws Exception {
    assertThat(strategy().prompt(prompt(text))).isInstanceOf(Reply.Pass.class);
  }

  private TotpStrategy strategy() {
    return new TotpStrategy(
        new CodeSource(Secret.of("JBSWY3DPEHPK3PXP"), USUAL, hop), Optional.empty());
  }

  private static Prompt prompt(String text) {
    return new Prompt(text, true, 0, new Prompt.Round(1, 1, "", "", 1));
  }

  private String read(Secret seed) throws SecretException {
    try (SecretValue code = new CodeSource(seed, USUAL, hop).read()) {
      return new String(code.chars());
    }
  }
}
