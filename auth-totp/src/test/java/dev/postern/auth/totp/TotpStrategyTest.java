package dev.postern.auth.totp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postern.api.auth.AuthMethod;
import dev.postern.api.auth.AuthStrategy;
import dev.postern.api.auth.AuthStrategyProvider;
import dev.postern.api.auth.Prompt;
import dev.postern.api.auth.PromptPattern;
import dev.postern.api.auth.Reply;
import dev.postern.api.secret.Secret;
import dev.postern.api.secret.SecretException;
import dev.postern.api.secret.SecretProvider;
import dev.postern.api.secret.SecretValue;
import dev.postern.testkit.FakeHopContext;
import dev.postern.testkit.FakePerson;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

final class TotpStrategyTest {
  private static final Secret SEED = Secret.of("JBSWY3DPEHPK3PXP");

  private final FakeHopContext hop = new FakeHopContext(new FakePerson());

  @Test
  void isFoundUnderItsTypeAsStrategyAndAsSecretSource() {
    assertThat(ServiceLoader.load(AuthStrategyProvider.class))
        .singleElement()
        .satisfies(provider -> assertThat(provider.type()).isEqualTo("totp"));
    assertThat(ServiceLoader.load(SecretProvider.class))
        .filteredOn(provider -> provider instanceof TotpSecretProvider)
        .singleElement()
        .satisfies(provider -> assertThat(provider.type()).isEqualTo("totp"));
  }

  @Test
  void servesPromptsOnly() {
    assertThat(strategy(SEED, null).methods()).containsExactly(AuthMethod.KEYBOARD_INTERACTIVE);
  }

  @Test
  void answersWhetherTheCodeIsShownOrHidden() throws Exception {
    assertThat(said(strategy(SEED, null), prompt("Verification code: ", true))).isEqualTo("925405");
    hop.time().advance(Duration.ofSeconds(30));
    assertThat(said(strategy(SEED, null), prompt("Verification code: ", false))).hasSize(6);
  }

  @Test
  void aQuestionWithoutWordsIsExplainedByItsRound() throws Exception {
    Prompt.Round round = new Prompt.Round(1, 1, "", "Enter your verification code", 1);
    assertThat(said(strategy(SEED, null), new Prompt("> ", false, 0, round))).isEqualTo("925405");
    assertThat(said(strategy(SEED, null), new Prompt("Password: ", false, 0, round)))
        .isEqualTo("pass");
  }

  @Test
  void aPatternDecidesInPlaceOfTheUsualWords() throws Exception {
    AuthStrategy menu = strategy(SEED, "Passcode or option");
    assertThat(said(menu, prompt("Passcode or option (1-3): ", false))).isEqualTo("925405");
    assertThat(said(menu, prompt("Verification code: ", false))).isEqualTo("pass");
  }

  @Test
  void givesTheNextCodeAfterARefusalAndThreeAtMost() throws Exception {
    AuthStrategy strategy = strategy(SEED, null);
    Prompt prompt = prompt("Verification code: ", false);
    assertThat(said(strategy, prompt)).isEqualTo("925405");
    assertThat(said(strategy, prompt)).isNotEqualTo("925405").hasSize(6);
    assertThat(said(strategy, prompt)).hasSize(6);
    assertThat(said(strategy, prompt))
        .isEqualTo(
            "pass: 3 codes were not enough; is it the seed of this account, and is this machine's clock right, at 2026-11-24T12:01:00Z?");
    assertThat(hop.time().waits())
        .containsExactly(
            Instant.parse("2026-11-24T12:00:30Z"), Instant.parse("2026-11-24T12:01:00Z"));
  }

  @Test
  void theStrategyAndTheSecretSourceShareTheirCodes() throws Exception {
    Secret source =
        new TotpSecretProvider()
            .create(new TotpSecretConfig(SEED, Algorithm.SHA1, 6, Duration.ofSeconds(30)), hop);
    try (SecretValue first = source.read()) {
      assertThat(new String(first.chars())).isEqualTo("925405");
    }
    assertThat(said(strategy(SEED, null), prompt("OTP: ", false))).isNotEqualTo("925405");
    assertThat(source).hasToString("***");
  }

  @Test
  void theAccountIsKnownByADigestOnly() throws Exception {
    said(strategy(SEED, null), prompt("OTP: ", false));
    assertThat(hop.oneTimeCodes().taken().keySet())
        .singleElement()
        .asString()
        .doesNotContainIgnoringCase("JBSWY3DP")
        .doesNotContainIgnoringCase("48656c6c6f21deadbeef");
  }

  @Test
  void aSeedThatCannotBeReadIsAnErrorNotAPass() {
    AuthStrategy strategy = strategy(Secret.of("08!"), null);
    assertThatThrownBy(() -> strategy.prompt(prompt("OTP: ", false)))
        .isInstanceOf(SecretException.class)
        .hasMessage("the seed is not base32: it has a character other than A to Z and 2 to 7");
  }

  @Test
  void refusesSettingsThatNoServerHas() {
    assertThatThrownBy(() -> config(5, Duration.ofSeconds(30)))
        .hasMessage("digits: 5 is not from 6 to 8");
    assertThatThrownBy(() -> config(9, Duration.ofSeconds(30)))
        .hasMessage("digits: 9 is not from 6 to 8");
    assertThatThrownBy(() -> config(6, Duration.ZERO))
        .hasMessage("period: must be whole seconds, at least one; most servers use 30s");
    assertThatThrownBy(() -> config(6, Duration.ofMillis(1500)))
        .hasMessage("period: must be whole seconds, at least one; most servers use 30s");
  }

  private AuthStrategy strategy(Secret seed, String ask) {
    return new TotpProvider()
        .create(
            new TotpConfig(
                seed,
                Algorithm.SHA1,
                6,
                Duration.ofSeconds(30),
                Optional.ofNullable(ask).map(PromptPattern::of)),
            hop);
  }

  private static TotpConfig config(int digits, Duration period) {
    return new TotpConfig(SEED, Algorithm.SHA1, digits, period, Optional.empty());
  }

  private static Prompt prompt(String text, boolean echo) {
    return new Prompt(text, echo, 0, new Prompt.Round(1, 1, "", "", 1));
  }

  private static String said(AuthStrategy strategy, Prompt prompt) throws Exception {
    Reply reply = strategy.prompt(prompt);
    if (reply instanceof Reply.Answer answer) {
      assertThat(answer.deliberate()).isFalse();
      return new String(answer.value().chars());
    }
    return reply instanceof Reply.Pass pass && !pass.why().isEmpty()
        ? "pass: " + pass.why()
        : "pass";
  }
}
