package dev.postern.auth.interactive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postern.api.auth.AuthStrategy;
import dev.postern.api.auth.AuthStrategyProvider;
import dev.postern.api.auth.PasswordRequest;
import dev.postern.api.auth.Prompt;
import dev.postern.api.auth.PromptPattern;
import dev.postern.api.auth.Reply;
import dev.postern.api.secret.SecretException;
import dev.postern.testkit.FakeHopContext;
import dev.postern.testkit.FakePerson;
import java.util.Optional;
import java.util.ServiceLoader;
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
    AuthStrategy strategy = strategy(new FakePerson("1", "2", "3", "4"));
    for (int attempt = 1; attempt <= 3; attempt++) {
      assertThat(answer(strategy.password(current(attempt)))).isEqualTo("" + attempt);
    }
    assertThat(strategy.password(current(4))).isInstanceOf(Reply.Pass.class);
  }

  @Test
  void afterThreeConversationsNobodyIsAskedAgain() throws Exception {
    FakePerson person = new FakePerson("1", "2", "3", "4");
    AuthStrategy strategy = strategy(person);
    for (int conversation = 1; conversation <= 3; conversation++) {
      assertThat(answer(strategy.prompt(code(conversation)))).isEqualTo("" + conversation);
    }
    assertThat(strategy.prompt(code(4))).isInstanceOf(Reply.Pass.class);
    assertThat(person.heard())
        .containsExactly(
            "hidden: (alice@bastion) Code: ",
            "told: Permission denied, please try again.",
            "hidden: (alice@bastion) Code: ",
            "told: Permission denied, please try again.",
            "hidden: (alice@bastion) Code: ");
  }

  @Test
  void whatOthersWereRefusedForIsNotThePersonsTry() throws Exception {
    FakePerson person = new FakePerson("1", "2");
    AuthStrategy strategy = strategy(person);
    strategy.password(current(5));
    strategy.prompt(code(5));
    assertThat(person.heard())
        .containsExactly("hidden: alice@bastion's password: ", "hidden: (alice@bastion) Code: ");
  }

  @Test
  void aRoundIsExplainedOnceAndTheMessageOnceForAll() throws Exception {
    FakePerson person = new FakePerson("1", "2", "3");
    AuthStrategy strategy =
        new InteractiveProvider()
            .create(
                new InteractiveConfig(Optional.empty(), Optional.of("Have your token ready")),
                new FakeHopContext(person));
    Prompt.Round first = new Prompt.Round(1, 1, "", "Two questions", 2);
    strategy.prompt(new Prompt("A: ", false, 0, first));
    strategy.prompt(new Prompt("B: ", true, 1, first));
    strategy.prompt(new Prompt("C: ", false, 0, new Prompt.Round(2, 1, "", "One more", 1)));
    assertThat(person.heard())
        .containsExactly(
            "told: Have your token ready",
            "told: (alice@bastion) Two questions",
            "hidden: (alice@bastion) A: ",
            "shown: (alice@bastion) B: ",
            "told: (alice@bastion) One more",
            "hidden: (alice@bastion) C: ");
  }

  @Test
  void aPatternIsAlsoForThePasswordQuestion() throws Exception {
    PasswordRequest request = current(1);
    assertThat(asking("Code", "1").password(request)).isInstanceOf(Reply.Pass.class);
    assertThat(answer(asking("(?i)password", "1").password(request))).isEqualTo("1");
  }

  @Test
  void whoDeclinesEndsTheHop() {
    FakePerson person = new FakePerson("once");
    AuthStrategy strategy = strategy(person);
    assertThatThrownBy(
            () -> strategy.password(new PasswordRequest(PasswordRequest.Kind.NEW, "", 1)))
        .isInstanceOf(SecretException.class)
        .hasMessage("the question was declined");
  }

  @Test
  void aNewPasswordThatIsNeverTheSameEndsTheHop() throws Exception {
    assertThat(
            strategy(new FakePerson("a", "b", "c", "d", "e", "f"))
                .password(new PasswordRequest(PasswordRequest.Kind.NEW, "", 1)))
        .isEqualTo(Reply.abort("the new password was not typed twice the same"));
  }

  @Test
  void isFoundUnderItsType() {
    assertThat(ServiceLoader.load(AuthStrategyProvider.class))
        .singleElement()
        .satisfies(
            provider -> {
              assertThat(provider.type()).isEqualTo("interactive");
              assertThat(provider.configType()).isEqualTo(InteractiveConfig.class);
            });
  }

  @Test
  void whereNobodyIsTheOthersAreAskedAndItSaysSo() throws Exception {
    Reply nobody = Reply.pass("nobody can be asked: this is batch mode, or there is no terminal");
    AuthStrategy strategy = strategy(new FakePerson());
    assertThat(strategy.prompt(code(1))).isEqualTo(nobody);
    assertThat(strategy.password(new PasswordRequest(PasswordRequest.Kind.NEW, "It expired", 1)))
        .isEqualTo(nobody);
    assertThat(strategy.password(current(1))).isEqualTo(nobody);
  }

  @Test
  void whatItWouldNotTakeIsNotForWantOfAPerson() throws Exception {
    AuthStrategy strategy = asking("Code");
    Prompt password = new Prompt("Password: ", false, 0, new Prompt.Round(1, 1, "", "", 1));
    assertThat(strategy.prompt(password)).isEqualTo(Reply.pass());
    assertThat(strategy.password(current(1))).isEqualTo(Reply.pass());
  }

  @Test
  void onlyThePromptsThatItTakes() throws Exception {
    AuthStrategy strategy = asking("Code", "1");
    Prompt password = new Prompt("Password: ", false, 0, new Prompt.Round(1, 1, "", "", 1));
    assertThat(strategy.prompt(password)).isInstanceOf(Reply.Pass.class);
    assertThat(answer(strategy.prompt(code(1)))).isEqualTo("1");
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
            "told: Mismatch; try again, EOF to quit.",
            "hidden: Enter alice@bastion's new password: ",
            "hidden: Retype alice@bastion's new password: ");
  }

  private static AuthStrategy strategy(FakePerson person) {
    return new InteractiveProvider()
        .create(
            new InteractiveConfig(Optional.empty(), Optional.empty()), new FakeHopContext(person));
  }

  private static AuthStrategy asking(String pattern, String... answers) {
    return new InteractiveProvider()
        .create(
            new InteractiveConfig(Optional.of(PromptPattern.of(pattern)), Optional.empty()),
            new FakeHopContext(new FakePerson(answers)));
  }

  private static Prompt code(int conversation) {
    return new Prompt("Code: ", false, 0, new Prompt.Round(1, conversation, "", "", 1));
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
