package dev.postern.auth.scripted;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postern.api.auth.PromptPattern;
import dev.postern.api.auth.PromptPattern.RunawayPatternException;
import dev.postern.api.secret.Secret;
import dev.postern.api.secret.SecretException;
import dev.postern.api.secret.SecretValue;
import dev.postern.auth.scripted.ScriptedConfig.Echo;
import dev.postern.auth.scripted.ScriptedConfig.Rule;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class RuleStrategyTest {
  @Test
  void passesAMenuThenAPush() throws Exception {
    Conversation server = anyOrder(rule("Password:", "pw"), rule("Passcode or option (1-3):", "1"));
    assertThat(server.round("Password: ")).containsExactly("pw");
    assertThat(
            server.round(
                "+Duo two-factor login for alice\n\n 1. Duo Push\n\nPasscode or option (1-3): "))
        .containsExactly("1");
    assertThat(server.explained("Login successful", "")).isEmpty();
  }

  @Test
  void matchesRegularExpressions() throws Exception {
    assertThat(anyOrder(rule("(?i)^token\\b.*:\\s*$", "123")).round("TOKEN for alice: "))
        .containsExactly("123");
  }

  @Test
  void matchesWhatIsNoRegularExpressionAsItReads() throws Exception {
    assertThat(anyOrder(rule("Code [a:", "x")).round("Code [a: ")).containsExactly("x");
  }

  @Test
  void passesWhatNoRuleKnows() throws Exception {
    assertThat(anyOrder(rule("Password", "pw")).round("Verification code: "))
        .containsExactly("pass");
  }

  @Test
  void answersABarePromptByTheInstructionOrTheName() throws Exception {
    Conversation server = anyOrder(rule("SecurID", "111"), rule("Second step", "222"));
    assertThat(server.explained("", "Enter your SecurID PASSCODE", "> ")).containsExactly("111");
    assertThat(server.explained("Second step", "", ": ")).containsExactly("222");
  }

  @Test
  void answersTheOnlyPromptOfARoundByItsInstruction() throws Exception {
    assertThat(anyOrder(rule("SecurID", "111")).explained("", "Enter your SecurID", "Response: "))
        .containsExactly("111");
  }

  @Test
  void doesNotTakeAPromptWithWordsForItsRoundWhereOthersStandBesideIt() throws Exception {
    assertThat(
            anyOrder(rule("password", "pw"))
                .explained("", "Enter your PIN and your password", "PIN: ", "Your password: "))
        .containsExactly("pass", "pw");
  }

  @Test
  void prefersTheRuleOfThePromptToThatOfTheInstruction() throws Exception {
    assertThat(
            anyOrder(rule("sign in", "round"), rule("Code", "prompt"))
                .explained("", "Please sign in", "Code: "))
        .containsExactly("prompt");
  }

  @Test
  void looksAtTheEcho() throws Exception {
    Conversation server =
        anyOrder(
            new Rule(PromptPattern.of("Login"), Secret.of("shown"), Echo.ON, 1),
            new Rule(PromptPattern.of("Login"), Secret.of("hidden"), Echo.OFF, 1));
    assertThat(server.round("Login: ", "+Login: ", "Login: "))
        .containsExactly("hidden", "shown", "pass");
  }

  @Test
  void aRuleAnswersOnceUnlessItSaysOtherwise() throws Exception {
    assertThat(anyOrder(rule("Password", "pw")).round("Password: ", "Password: "))
        .containsExactly("pw", "pass");
  }

  @Test
  void repeatsDeliberatelyAsOftenAsTheRuleSays() throws Exception {
    Conversation server = anyOrder(new Rule(PromptPattern.of("PIN"), Secret.of("1"), Echo.ANY, 2));
    assertThat(server.round("PIN: ")).containsExactly("1");
    assertThat(server.round("PIN: ")).containsExactly("1!");
    assertThat(server.round("PIN: ")).containsExactly("pass");
  }

  @Test
  void twoRulesForTheSamePromptAnswerOneAfterTheOther() throws Exception {
    assertThat(
            anyOrder(rule("Password", "a"), rule("Password", "b")).round("Password:", "Password:"))
        .containsExactly("a", "b");
  }

  @Test
  void aNewConversationBeginsAnewAndIsNotDeliberate() throws Exception {
    Conversation server = anyOrder(rule("Password", "pw"));
    assertThat(server.round("Password: ")).containsExactly("pw");
    server.startAnew();
    assertThat(server.round("Password: ")).containsExactly("pw");
  }

  @Test
  void anyOrderIsTheUsualOne() throws Exception {
    assertThat(anyOrder(rule("A", "1"), rule("B", "2")).round("B", "A")).containsExactly("2", "1");
  }

  @Test
  void inOrderOnlyTheNextRuleMayAnswer() throws Exception {
    Conversation server = inOrder(rule("A", "1"), rule("B", "2"));
    assertThat(server.round("B", "A", "A", "B")).containsExactly("pass", "1", "pass", "2");
  }

  @Test
  void inOrderThereIsNoWayBack() throws Exception {
    Conversation server =
        inOrder(new Rule(PromptPattern.of("A"), Secret.of("1"), Echo.ANY, 3), rule("B", "2"));
    assertThat(server.round("A", "A", "B", "A")).containsExactly("1", "1!", "2", "pass");
    server.startAnew();
    assertThat(server.round("A")).containsExactly("1");
  }

  @Test
  void readsAnAnswerAtEachUseSoThatACodeIsNew() throws Exception {
    AtomicInteger codes = new AtomicInteger(100);
    Secret code = () -> SecretValue.of(String.valueOf(codes.incrementAndGet()));
    Conversation server = anyOrder(new Rule(PromptPattern.of("Code"), code, Echo.ANY, 2));
    assertThat(server.round("Code: ", "Code: ")).containsExactly("101", "102!");
  }

  @Test
  void aSecretThatCannotBeReadIsAnErrorNotAPass() {
    Secret broken =
        () -> {
          throw new SecretException("the variable PIN is not set");
        };
    assertThatThrownBy(
            () -> anyOrder(new Rule(PromptPattern.of("PIN"), broken, Echo.ANY, 1)).round("PIN: "))
        .isInstanceOf(SecretException.class)
        .hasMessage("the variable PIN is not set");
  }

  @Test
  void aPatternThatRunsAwayIsStopped() {
    assertThatThrownBy(() -> anyOrder(rule("^(?:.*a){12}x", "x")).round("a".repeat(200) + "!"))
        .isInstanceOf(RunawayPatternException.class)
        .hasMessage(
            "the pattern \"^(?:.*a){12}x\" takes too long on the server's prompt; simplify it");
  }

  private static Rule rule(String ask, String answer) {
    return new Rule(PromptPattern.of(ask), Secret.of(answer), Echo.ANY, 1);
  }

  private static Conversation anyOrder(Rule... rules) {
    return new Conversation(new RuleStrategy(List.of(rules), false));
  }

  private static Conversation inOrder(Rule... rules) {
    return new Conversation(new RuleStrategy(List.of(rules), true));
  }
}
