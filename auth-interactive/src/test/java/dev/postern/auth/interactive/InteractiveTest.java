package dev.postern.auth.interactive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.api.auth.AuthStrategy;
import dev.postern.api.auth.PasswordRequest;
import dev.postern.api.auth.Prompt;
import dev.postern.api.auth.PromptPattern;
import dev.postern.api.auth.Reply;
import dev.postern.testkit.FakeHopContext;
import dev.postern.testkit.FakePerson;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class InteractiveTest {
  @Test
  void thePasswordIsAskedInTheUsualWords() throws Exception {
    FakePerson person = new FakePerson("pw", "pw2");
    AuthStrategy strategy = strategy(person);
    assertThat(answer(strategy.password(current(1)))).isEqualTo("pw");
    assertThat(answer(strategy.password(current(2)))).isEqualTo("pw2");
    assertThat(person.heard())
        .containsExactly(
            "hidden: alice@bastion's password: ",
            "told: Permission denied, please try again.",
            "hidden: alice@bastion's password: ");
  }

  @Test
  void promptsSayWhichHopAsks() throws Exception {
    FakePerson person = new FakePerson("1", "2");
    AuthStrategy strategy = strategy(person);
    Prompt.Round round = new Prompt.Round(1, 1, "Login", "Use your token", 2);
    strategy.prompt(new Prompt("Code: ", false, 0, round));
    strategy.prompt(new Prompt("Colour: ", true, 1, round));
    assertThat(person.heard())
        .containsExactly(
            "told: (alice@bastion) Login",
            "told: (alice@bastion) Use your token",
            "hidden: (alice@bastion) Code: ",
            "shown: (alice@bastion) Colour: ");
  }

  @Test
  void afterThreeTriesNobodyIsAskedAgain() throws Exception {
    assertThat(strategy(new FakePerson("x")).password(current(4))).isInstanceOf(Reply.Pass.class);
    assertThat(
            strategy(new FakePerson("x"))
                .prompt(new Prompt("Code: ", false, 0, new Prompt.Round(1, 4, "", "", 1))))
        .isInstanceOf(Reply.Pass.class);
  }

  @Test
  void whereNobodyIsTheOthersAreAsked() throws Exception {
    assertThat(strategy(new FakePerson()).password(current(1))).isInstanceOf(Reply.Pass.class);
  }

  @Test
  void onlyThePromptsThatItTakes() throws Exception {
    AuthStrategy strategy =
        new InteractiveProvider()
            .create(
                new InteractiveConfig(Optional.of(PromptPattern.of("Code")), Optional.empty()),
                new FakeHopContext(new FakePerson("1")));
    assertThat(
            strategy.prompt(new Prompt("Password: ", false, 0, new Prompt.Round(1, 1, "", "", 1))))
        .isInstanceOf(Reply.Pass.class);
    assertThat(
            answer(
                strategy.prompt(new Prompt("Code: ", false, 0, new Prompt.Round(1, 1, "", "", 1)))))
        .isEqualTo("1");
  }

  @Test
  void aNewPasswordIsTypedTwiceTheSame() throws Exception {
    FakePerson person = new FakePerson("a", "b", "c", "c");
    Reply reply =
        strategy(person).password(new PasswordRequest(PasswordRequest.Kind.NEW, "It expired", 1));
    assertThat(answer(reply)).isEqualTo("c");
    assertThat(person.heard())
        .containsExactly(
            "told: It expired",
            "hidden: Enter alice@bastion's new password: ",
            "hidden: Retype alice@bastion's new password: ",
            "told: Mismatch; try again.",
            "hidden: Enter alice@bastion's new password: ",
            "hidden: Retype alice@bastion's new password: ");
  }

  private static AuthStrategy strategy(FakePerson person) {
    return new InteractiveProvider()
        .create(
            new InteractiveConfig(Optional.empty(), Optional.empty()), new FakeHopContext(person));
  }

  private static PasswordRequest current(int attempt) {
    return new PasswordRequest(PasswordRequest.Kind.CURRENT, "", attempt);
  }

  private static String answer(Reply reply) {
    Reply.Answer answer = (Reply.Answer) reply;
    assertThat(answer.deliberate()).isTrue();
    return new String(answer.value().chars());
  }
}
