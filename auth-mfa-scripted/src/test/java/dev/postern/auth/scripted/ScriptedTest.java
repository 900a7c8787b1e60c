package dev.postern.auth.scripted;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postern.api.auth.AuthStrategy;
import dev.postern.api.auth.Prompt;
import dev.postern.api.auth.PromptPattern;
import dev.postern.api.auth.Reply;
import dev.postern.api.config.MisconfiguredException;
import dev.postern.api.secret.Secret;
import dev.postern.auth.scripted.ScriptedConfig.Echo;
import dev.postern.auth.scripted.ScriptedConfig.Rule;
import dev.postern.testkit.FakeHopContext;
import dev.postern.testkit.FakePerson;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class ScriptedTest {
  @Test
  void aRuleAnswersWhatItReads() throws Exception {
    AuthStrategy strategy = rules(rule("Passcode or option (1-3):", "1"));
    assertThat(ask(strategy, "Duo two-factor login\n\n 1. Duo Push\n\nPasscode or option (1-3): "))
        .isEqualTo("1");
  }

  @Test
  void aRuleAnswersWhatItsExpressionFinds() throws Exception {
    assertThat(ask(rules(rule("(?i)^enter .*pin", "77")), "Enter your PIN: ")).isEqualTo("77");
  }

  @Test
  void whatNoRuleFindsIsPassedOn() throws Exception {
    assertThat(ask(rules(rule("Password:", "pw")), "Verification code: ")).isEqualTo("pass");
  }

  @Test
  void echoIsPartOfTheRule() throws Exception {
    AuthStrategy strategy =
        strategy(List.of(new Rule(PromptPattern.of("code"), Secret.of("1"), Echo.OFF, 1)), false);
    assertThat(ask(strategy, new Prompt("code: ", true, 0, round(1, 1, "", "", 1))))
        .isEqualTo("pass");
    assertThat(ask(strategy, new Prompt("code: ", false, 0, round(1, 1, "", "", 1))))
        .isEqualTo("1");
  }

  @Test
  void aBarePromptIsKnownByItsInstructionOrName() throws Exception {
    assertThat(
            ask(
                rules(rule("Enter the code", "1")),
                new Prompt("> ", true, 0, round(1, 1, "", "Enter the code of your token", 1))))
        .isEqualTo("1");
    assertThat(
            ask(
                rules(rule("Token login", "1")),
                new Prompt("> ", true, 0, round(1, 1, "Token login", "", 1))))
        .isEqualTo("1");
  }

  @Test
  void aRuleAnswersOnceUnlessItSaysMore() throws Exception {
    AuthStrategy once = rules(rule("code", "1"));
    assertThat(ask(once, "code: ")).isEqualTo("1");
    assertThat(ask(once, "code: ")).isEqualTo("pass");
    AuthStrategy twice =
        strategy(List.of(new Rule(PromptPattern.of("code"), Secret.of("1"), Echo.ANY, 2)), false);
    assertThat(ask(twice, "code: ")).isEqualTo("1");
    assertThat(ask(twice, "code: ")).isEqualTo("1 deliberately");
    assertThat(ask(twice, "code: ")).isEqualTo("pass");
  }

  @Test
  void aNewConversationBeginsAnew() throws Exception {
    AuthStrategy strategy = rules(rule("code", "1"));
    assertThat(ask(strategy, new Prompt("code: ", true, 0, round(1, 1, "", "", 1)))).isEqualTo("1");
    assertThat(ask(strategy, new Prompt("code: ", true, 0, round(1, 2, "", "", 1)))).isEqualTo("1");
  }

  @Test
  void inOrderHoldsBackWhatComesTooEarly() throws Exception {
    AuthStrategy strategy = strategy(List.of(rule("Password", "pw"), rule("code", "1")), true);
    assertThat(ask(strategy, "code: ")).isEqualTo("pass");
    assertThat(ask(strategy, "Password: ")).isEqualTo("pw");
    assertThat(ask(strategy, "code: ")).isEqualTo("1");
  }

  @Test
  void answersByPositionSkipRoundsThatAskNothing() throws Exception {
    AuthStrategy strategy =
        positional(List.of(List.of(Secret.of("pw")), List.of(Secret.of("1"), Secret.of("2"))));
    assertThat(ask(strategy, new Prompt("a", false, 0, round(1, 1, "", "", 1)))).isEqualTo("pw");
    assertThat(ask(strategy, new Prompt("b", false, 0, round(3, 1, "", "", 2)))).isEqualTo("1");
    assertThat(ask(strategy, new Prompt("c", false, 1, round(3, 1, "", "", 2)))).isEqualTo("2");
  }

  @Test
  void aRoundOfAnotherSizeIsNotAnswered() throws Exception {
    AuthStrategy strategy = positional(List.of(List.of(Secret.of("pw"))));
    assertThat(ask(strategy, new Prompt("a", false, 0, round(1, 1, "", "", 2))))
        .isEqualTo("abort: round 1 has 2 prompts, and answers has 1 for it; nothing was answered");
  }

  @Test
  void aRoundTooManyIsNotAnswered() throws Exception {
    AuthStrategy strategy = positional(List.of(List.of(Secret.of("pw"))));
    ask(strategy, new Prompt("a", false, 0, round(1, 1, "", "", 1)));
    assertThat(ask(strategy, new Prompt("b", false, 0, round(2, 1, "", "", 1))))
        .isEqualTo("abort: the server asks in round 2, and answers has 1");
  }

  @Test
  void rulesAndAnswersExcludeEachOther() {
    assertThatThrownBy(() -> new ScriptedConfig(List.of(), false, Optional.empty()))
        .isInstanceOf(MisconfiguredException.class)
        .hasMessage("mfa-scripted needs either rules or answers, and not both");
  }

  @Test
  void aRunawayExpressionIsStopped() {
    assertThatThrownBy(() -> ask(rules(rule("(a+)+\\1b", "x")), "a".repeat(40) + "!"))
        .isInstanceOf(PromptPattern.RunawayPatternException.class)
        .hasMessage("the pattern \"(a+)+\\1b\" takes too long on the server's prompt; simplify it");
  }

  private static Rule rule(String ask, String answer) {
    return new Rule(PromptPattern.of(ask), Secret.of(answer), Echo.ANY, 1);
  }

  private static AuthStrategy rules(Rule... rules) {
    return strategy(List.of(rules), false);
  }

  private static AuthStrategy strategy(List<Rule> rules, boolean inOrder) {
    return create(new ScriptedConfig(rules, inOrder, Optional.empty()));
  }

  private static AuthStrategy positional(List<List<Secret>> answers) {
    return create(new ScriptedConfig(List.of(), false, Optional.of(answers)));
  }

  private static AuthStrategy create(ScriptedConfig config) {
    return new ScriptedProvider().create(config, new FakeHopContext(new FakePerson()));
  }

  private static Prompt.Round round(
      int number, int conversation, String name, String instruction, int count) {
    return new Prompt.Round(number, conversation, name, instruction, count);
  }

  private static String ask(AuthStrategy strategy, String text) throws Exception {
    return ask(strategy, new Prompt(text, false, 0, round(1, 1, "", "", 1)));
  }

  private static String ask(AuthStrategy strategy, Prompt prompt) throws Exception {
    Reply reply = strategy.prompt(prompt);
    if (reply instanceof Reply.Answer answer) {
      return new String(answer.value().chars()) + (answer.deliberate() ? " deliberately" : "");
    }
    return reply instanceof Reply.Abort abort ? "abort: " + abort.reason() : "pass";
  }
}
