package dev.postern.core.auth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.api.auth.Reply;
import dev.postern.core.auth.ServerMessage.Failure;
import dev.postern.core.auth.ServerMessage.Ready;
import dev.postern.core.auth.ServerMessage.Success;
import dev.postern.core.hop.HopFailure;
import dev.postern.problem.Code;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which answers may be given again after a refusal, and which not. */
final class RefusedAnswersTest extends EngineRig {
  private static final Failure REFUSED = offers("publickey", "password", "keyboard-interactive");

  @Test
  void theNextCodeIsTriedWithThePasswordThatWasFollowedByAQuestion() throws Exception {
    assertThat(
            play(
                plan(Scripted.password("pw"), Scripted.codes("111111", "222222")),
                new Ready(),
                REFUSED,
                asks("Password: "),
                asks("Verification code: "),
                REFUSED,
                asks("Password: "),
                asks("Verification code: "),
                new Success()))
        .isEqualTo(
            "ask, converse, answer pw, answer 111111, converse, answer pw, answer 222222, in");
  }

  @Test
  void butThatPasswordGetsOneMoreChanceOnly() {
    HopFailure failure =
        fails(
            plan(Scripted.password("pw"), Scripted.codes("1", "2", "3")),
            new Ready(),
            REFUSED,
            asks("Password: "),
            asks("Verification code: "),
            REFUSED,
            asks("Password: "),
            asks("Verification code: "),
            REFUSED,
            asks("Password: "));
    assertThat(failure.code()).isEqualTo(Code.AUTH_DENIED);
    assertThat(failure)
        .hasMessage(
            "Permission denied (keyboard-interactive): the server asks 'Password:', and every answer that the plan has was refused already; tried: keyboard-interactive (last asked: 'Verification code:') (refused); keyboard-interactive (last asked: 'Verification code:') (refused); password by password not sent again, the server refused it; the answer of password to 'Password:' not sent again, the server refused it");
  }

  @Test
  void aPasswordThatWasAskedForLastIsNotGivenAgain() {
    assertThat(
            fails(
                    plan(Scripted.password("pw"), Scripted.codes("111111")),
                    new Ready(),
                    REFUSED,
                    asks("Password: "),
                    REFUSED,
                    asks("Password: "))
                .code())
        .isEqualTo(Code.AUTH_DENIED);
  }

  @Test
  void aPasswordInOneRoundWithTheCodeIsNotGivenAgain() {
    assertThat(
            fails(
                    plan(Scripted.password("pw"), Scripted.codes("1", "2")),
                    new Ready(),
                    REFUSED,
                    asks("Password: ", "Verification code: "),
                    REFUSED,
                    asks("Password: ", "Verification code: "))
                .code())
        .isEqualTo(Code.AUTH_DENIED);
  }

  @Test
  void aPersonsMistypedCodeDoesNotCostThePasswordOfThePlan() throws Exception {
    assertThat(
            play(
                plan(Scripted.password("pw"), Scripted.person("typo", "654321").called("person")),
                new Ready(),
                REFUSED,
                asks("Password: "),
                asks("Verification code: "),
                REFUSED,
                asks("Password: "),
                asks("Verification code: "),
                new Success()))
        .isEqualTo("ask, converse, answer pw, answer typo, converse, answer pw, answer 654321, in");
  }

  @Test
  void theSecondPasswordOfAPlanFollowsARefusedFirst() throws Exception {
    assertThat(
            play(
                plan(Scripted.password("old"), Scripted.password("new")),
                new Ready(),
                offers("password"),
                offers("password"),
                new Success()))
        .isEqualTo("ask, password old, password new, in");
  }

  @Test
  void theSecondPasswordAnswersARepeatedQuestion() throws Exception {
    assertThat(
            play(
                plan(Scripted.password("old"), Scripted.password("new")),
                new Ready(),
                offers("keyboard-interactive"),
                asks("Password: "),
                asks("Password: "),
                new Success()))
        .isEqualTo("ask, converse, answer old, answer new, in");
  }

  @Test
  void whoPassesForAReasonIsHeard() {
    HopFailure failure =
        fails(
            plan(Scripted.prompts(prompt -> Reply.pass("new-password is not set"))),
            new Ready(),
            asks("New password: "));
    assertThat(failure)
        .hasMessage(
            "the server asks 'New password:' (echo off, round 1) and no strategy of the plan answered it (asked: prompts) (prompts: new-password is not set); nothing was answered. Add a strategy or a rule for it");
  }

  @Test
  void aQuestionWithoutWordsIsShownWithItsInstruction() {
    HopFailure failure =
        fails(
            plan(Scripted.codes()),
            new Ready(),
            new ServerMessage.InfoRequest(
                "", "Mother's name?", List.of(new ServerMessage.Question("> ", false))));
    assertThat(failure)
        .hasMessage(
            "the server asks '>' under \"Mother's name?\" (echo off, round 1) and no strategy of the plan recognised it (asked: codes); nothing was answered. Add a strategy or a rule for it");
  }
}
