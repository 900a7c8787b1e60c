package dev.postern.auth.password;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postern.api.auth.AuthMethod;
import dev.postern.api.auth.AuthStrategy;
import dev.postern.api.auth.AuthStrategyProvider;
import dev.postern.api.auth.PasswordRequest;
import dev.postern.api.auth.PasswordRequest.Kind;
import dev.postern.api.auth.Prompt;
import dev.postern.api.auth.PromptPattern;
import dev.postern.api.auth.Reply;
import dev.postern.api.config.MisconfiguredException;
import dev.postern.api.secret.Secret;
import dev.postern.api.secret.SecretException;
import dev.postern.api.secret.SecretValue;
import dev.postern.testkit.FakeHopContext;
import dev.postern.testkit.FakePerson;
import java.util.Optional;
import java.util.ServiceLoader;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

final class PasswordStrategyTest {
  private static final Secret PASSWORD = Secret.of("old-secret");
  private static final Secret NEW_PASSWORD = Secret.of("new-secret");

  private final AuthStrategy plain = strategy(PASSWORD, null, null);
  private final AuthStrategy changing = strategy(PASSWORD, NEW_PASSWORD, null);

  @Test
  void isFoundUnderItsType() {
    assertThat(ServiceLoader.load(AuthStrategyProvider.class))
        .singleElement()
        .satisfies(
            provider -> {
              assertThat(provider.type()).isEqualTo("password");
              assertThat(provider.configType()).isEqualTo(PasswordConfig.class);
            });
  }

  @Test
  void servesThePasswordMethodAndPrompts() {
    assertThat(plain.methods())
        .containsExactlyInAnyOrder(AuthMethod.PASSWORD, AuthMethod.KEYBOARD_INTERACTIVE);
  }

  @Test
  void hasThePasswordAtHandIfItsSourceHas() {
    Secret elsewhere = () -> SecretValue.of("from a vault");
    assertThat(plain.hasPasswordAtHand()).isTrue();
    assertThat(strategy(elsewhere, NEW_PASSWORD, null).hasPasswordAtHand()).isFalse();
  }

  @Test
  void answersThePasswordMethod() throws Exception {
    assertThat(said(plain.password(request(Kind.CURRENT, 1)))).isEqualTo("old-secret");
  }

  @Test
  void saysTheSameToASecondRequestSoThatTheEngineHoldsItBack() throws Exception {
    assertThat(said(plain.password(request(Kind.CURRENT, 2)))).isEqualTo("old-secret");
  }

  @Test
  void anEmptyPasswordIsNeverSent() {
    AuthStrategy strategy = strategy(Secret.of(""), Secret.of(""), null);
    Prompt prompt = new Prompt("Password: ", false, 0, new Prompt.Round(1, 1, "", "", 1));
    assertEmpty("password", () -> strategy.password(request(Kind.CURRENT, 1)));
    assertEmpty("password", () -> strategy.prompt(prompt));
    assertEmpty("new-password", () -> strategy.password(request(Kind.NEW, 1)));
  }

  private static void assertEmpty(String key, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOf(MisconfiguredException.class)
        .hasMessage("'%s' is empty, and nothing was sent; look at where it comes from", key);
  }

  @Test
  void changesAnExpiredPasswordToTheNewOne() throws Exception {
    assertThat(said(changing.password(request(Kind.NEW, 1)))).isEqualTo("new-secret");
  }

  @Test
  void passesAChangeWithoutANewPassword() throws Exception {
    assertThat(said(plain.password(request(Kind.NEW, 1)))).isEqualTo("pass");
  }

  @Test
  void answersAHiddenPromptForThePassword() throws Exception {
    assertThat(said(plain.prompt(hidden("Password: ")))).isEqualTo("old-secret");
  }

  @Test
  void neverAnswersAPromptThatShowsWhatIsTyped() throws Exception {
    assertThat(said(plain.prompt(prompt("Password: ", true)))).isEqualTo("pass");
    assertThat(said(changing.prompt(prompt("New password: ", true)))).isEqualTo("pass");
    assertThat(said(strategy(PASSWORD, null, "PIN").prompt(prompt("PIN: ", true))))
        .isEqualTo("pass");
  }

  @Test
  void passesAPromptForACode() throws Exception {
    assertThat(said(changing.prompt(hidden("Verification code: ")))).isEqualTo("pass");
  }

  @Test
  void goesThroughPamsDialogueForAnExpiredPassword() throws Exception {
    assertThat(said(changing.prompt(hidden("(current) UNIX password: ")))).isEqualTo("old-secret");
    assertThat(said(changing.prompt(hidden("New password: ")))).isEqualTo("deliberate new-secret");
    assertThat(said(changing.prompt(hidden("Retype new password: "))))
        .isEqualTo("deliberate new-secret");
  }

  @Test
  void passesPamsQuestionForANewPasswordWithoutOne() throws Exception {
    assertThat(said(plain.prompt(hidden("New password: "))))
        .isEqualTo("pass: the password expired, and new-password is not set");
  }

  @Test
  void aPatternDecidesInPlaceOfTheUsualWords() throws Exception {
    AuthStrategy strategy = strategy(PASSWORD, null, "^Enter PIN");
    assertThat(said(strategy.prompt(hidden("Enter PIN: ")))).isEqualTo("old-secret");
    assertThat(said(strategy.prompt(hidden("Password: ")))).isEqualTo("pass");
  }

  @Test
  void aWidePatternDoesNotSendThePresentPasswordAsTheNewOne() throws Exception {
    AuthStrategy strategy = strategy(PASSWORD, NEW_PASSWORD, "assword");
    assertThat(said(strategy.prompt(hidden("Current password: ")))).isEqualTo("old-secret");
    assertThat(said(strategy.prompt(hidden("New password: ")))).isEqualTo("deliberate new-secret");
  }

  @Test
  void aQuestionWithoutWordsIsExplainedByItsRound() throws Exception {
    assertThat(said(plain.prompt(under("Password: ", "> ")))).isEqualTo("old-secret");
    assertThat(said(plain.prompt(under("Password for alice", "")))).isEqualTo("old-secret");
    assertThat(said(plain.prompt(under("Verification code", "> ")))).isEqualTo("pass");
  }

  @Test
  void triesThreeTimesAtMostWhateverTheSourceGives() throws Exception {
    for (int i = 1; i <= 3; i++) {
      assertThat(said(plain.password(request(Kind.CURRENT, i)))).isEqualTo("old-secret");
      assertThat(said(plain.prompt(inConversation(i)))).isEqualTo("old-secret");
    }
    assertThat(said(plain.password(request(Kind.CURRENT, 4)))).isEqualTo("pass");
    assertThat(said(plain.prompt(inConversation(4)))).isEqualTo("pass");
  }

  @Test
  void readsThePasswordOnlyWhenItIsAskedFor() throws Exception {
    Secret missing =
        () -> {
          throw new SecretException("the variable PW is not set");
        };
    AuthStrategy strategy = strategy(missing, null, null);
    assertThat(said(strategy.prompt(hidden("Verification code: ")))).isEqualTo("pass");
    assertThatThrownBy(() -> strategy.prompt(hidden("Password: ")))
        .isInstanceOf(SecretException.class)
        .hasMessage("the variable PW is not set");
  }

  private static AuthStrategy strategy(Secret password, Secret replacement, String ask) {
    return new PasswordProvider()
        .create(
            new PasswordConfig(
                password,
                Optional.ofNullable(replacement),
                Optional.ofNullable(ask).map(PromptPattern::of)),
            new FakeHopContext(new FakePerson()));
  }

  private static PasswordRequest request(Kind kind, int attempt) {
    return new PasswordRequest(kind, "", attempt);
  }

  private static Prompt hidden(String text) {
    return prompt(text, false);
  }

  private static Prompt under(String instruction, String text) {
    return new Prompt(text, false, 0, new Prompt.Round(1, 1, "", instruction, 1));
  }

  private static Prompt inConversation(int number) {
    return new Prompt("Password: ", false, 0, new Prompt.Round(1, number, "", "", 1));
  }

  private static Prompt prompt(String text, boolean echo) {
    return new Prompt(text, echo, 0, new Prompt.Round(1, 1, "", "", 1));
  }

  private static String said(Reply reply) {
    if (reply instanceof Reply.Answer answer) {
      return (answer.deliberate() ? "deliberate " : "") + new String(answer.value().chars());
    }
    return reply instanceof Reply.Pass pass && !pass.why().isEmpty()
        ? "pass: " + pass.why()
        : "pass";
  }
}
