package dev.postern.core.auth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.api.auth.AuthMethod;
import dev.postern.core.auth.ServerMessage.Failure;
import dev.postern.core.auth.ServerMessage.Ready;
import dev.postern.core.auth.ServerMessage.Success;
import dev.postern.problem.Code;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Servers of which it is known what they took first the last time. */
final class KnownOpenersTest extends EngineRig {
  private static final Ready PASSWORD = new Ready(Optional.of(AuthMethod.PASSWORD));
  private static final Ready CONVERSATION = new Ready(Optional.of(AuthMethod.KEYBOARD_INTERACTIVE));
  private static final Ready KEY = new Ready(Optional.of(AuthMethod.PUBLICKEY));

  @Test
  void aPasswordAtHandIsTheFirstRequest() throws Exception {
    assertThat(play(plan(Scripted.password("pw").atHand()), PASSWORD, new Success()))
        .isEqualTo("password pw, in");
  }

  @Test
  void oneThatSomebodyHasToBeAskedForWaitsForTheOffer() throws Exception {
    assertThat(play(plan(Scripted.password("pw")), PASSWORD, offers("password"), new Success()))
        .isEqualTo("ask, password pw, in");
  }

  @Test
  void withoutAMemoryAPasswordWaitsForTheOffer() throws Exception {
    assertThat(
            play(
                plan(Scripted.password("pw").atHand()),
                new Ready(),
                offers("password"),
                new Success()))
        .isEqualTo("ask, password pw, in");
  }

  @Test
  void aPasswordDoesNotOvertakeWhatThePlanTriesFirst() throws Exception {
    assertThat(
            play(
                plan(Scripted.openKeys("a"), Scripted.password("pw").atHand()),
                PASSWORD,
                offers("publickey", "password"),
                new Success()))
        .isEqualTo("sign a, password pw, in");
  }

  @Test
  void aConversationIsBegunWhereItWasTakenTheLastTime() throws Exception {
    assertThat(
            play(
                plan(Scripted.password("pw").atHand()),
                CONVERSATION,
                asks("Password: "),
                new Success()))
        .isEqualTo("converse, answer pw, in");
    assertThat(
            play(
                plan(Scripted.password("pw"), Scripted.codes("123456")),
                CONVERSATION,
                asks("Password: ", "Verification code: "),
                new Success()))
        .isEqualTo("converse, answer pw 123456, in");
  }

  @Test
  void aMethodThatThePlanDoesNotBeginWithChangesNothing() throws Exception {
    assertThat(play(plan(Scripted.password("pw").atHand()), KEY, offers("password"), new Success()))
        .isEqualTo("ask, password pw, in");
  }

  @Test
  void aServerThatNoLongerTakesPasswordsIsServedWhatItWants() throws Exception {
    assertThat(
            play(
                plan(Scripted.password("pw").atHand()),
                PASSWORD,
                offers("keyboard-interactive"),
                asks("Password: "),
                new Success()))
        .isEqualTo("password pw, converse, answer pw, in");
    assertThat(trail).contains("password is not offered; the server offers keyboard-interactive");
  }

  @Test
  void aPasswordThatWasNotOfferedCountsAsATry() {
    maxAttempts = 1;
    assertThat(
            fails(plan(Scripted.password("pw").atHand()), PASSWORD, offers("keyboard-interactive"))
                .code())
        .isEqualTo(Code.AUTH_BUDGET);
  }

  @Test
  void aPasswordThatIsRefusedIsNotSentAgain() {
    assertThat(playThenFail(plan(Scripted.password("pw").atHand()), PASSWORD, offers("password")))
        .isEqualTo("password pw");
  }

  @Test
  void itsPartialSuccessIsAStep() throws Exception {
    assertThat(
            play(
                plan(Scripted.password("pw").atHand(), Scripted.openKeys("a")),
                PASSWORD,
                new Failure(List.of("publickey"), true),
                new Success()))
        .isEqualTo("password pw, sign a, in");
  }
}
