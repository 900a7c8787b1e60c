package dev.postern.core.auth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.api.auth.AuthMethod;
import dev.postern.api.auth.AuthStrategy;
import dev.postern.api.auth.PasswordRequest;
import dev.postern.api.auth.Reply;
import dev.postern.api.secret.SecretValue;
import dev.postern.circuit.Phase;
import dev.postern.core.auth.ServerMessage.Failure;
import dev.postern.core.auth.ServerMessage.InfoRequest;
import dev.postern.core.auth.ServerMessage.KeyAcceptable;
import dev.postern.core.auth.ServerMessage.Question;
import dev.postern.core.auth.ServerMessage.Ready;
import dev.postern.core.auth.ServerMessage.Success;
import dev.postern.core.hop.HopFailure;
import dev.postern.problem.Code;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The engine against servers of all kinds: what each says, and what we say to it. */
final class PlannedAuthTest extends EngineRig {
  private static final Failure WANTS_PASSWORD = offers("password");
  private static final Failure WANTS_CONVERSATION = offers("keyboard-interactive");

  @Test
  void theFirstMoveAsksWhatIsOfferedWhereThePlanLeavesAChoice() throws Exception {
    assertThat(play(plan(Scripted.password("pw")), new Ready())).isEqualTo("ask");
  }

  @Test
  void aKeyIsOfferedAtOnce() throws Exception {
    assertThat(play(plan(Scripted.keys("a")), new Ready(), new KeyAcceptable(), new Success()))
        .isEqualTo("probe a, sign a, in");
  }

  @Test
  void aPasswordGoesOutOnlyWhenTheServerOffersTheMethod() throws Exception {
    assertThat(play(plan(Scripted.password("pw")), new Ready(), WANTS_PASSWORD, new Success()))
        .isEqualTo("ask, password pw, in");
  }

  @Test
  void passwordAndCodePreferAConversationOverThePasswordMethod() throws Exception {
    assertThat(
            play(
                plan(Scripted.password("pw"), Scripted.codes("123456")),
                new Ready(),
                offers("publickey", "password", "keyboard-interactive"),
                asks("Password: "),
                asks("Verification code: "),
                new Success()))
        .isEqualTo("ask, converse, answer pw, answer 123456, in");
  }

  @Test
  void severalPromptsOfARoundAreAnsweredByWhoRecognisesEach() throws Exception {
    assertThat(
            play(
                plan(Scripted.codes("123456"), Scripted.password("pw")),
                new Ready(),
                asks("Password: ", "Verification code: "),
                new Success()))
        .isEqualTo("converse, answer pw 123456, in");
  }

  @Test
  void roundsWithoutPromptsAreAnsweredWithNothing() throws Exception {
    assertThat(
            play(
                plan(Scripted.codes("123456")),
                new Ready(),
                asks(),
                asks("Verification code: "),
                asks(),
                new Success()))
        .isEqualTo("converse, answer, answer 123456, answer, in");
  }

  @Test
  void aServerThatRefusesWithoutAQuestionIsNotAskedAgain() {
    HopFailure failure =
        fails(plan(Scripted.codes("123456")), new Ready(), offers("keyboard-interactive"));
    assertThat(failure.code()).isEqualTo(Code.AUTH_DENIED);
    assertThat(failure.sentence())
        .isEqualTo(
            "Permission denied (keyboard-interactive); tried: keyboard-interactive (refused)");
  }

  @Test
  void whatWasRefusedWithoutAQuestionMayBeAskedAfterAnotherStep() throws Exception {
    assertThat(
            play(
                plan(Scripted.codes("123456"), Scripted.keys("a")),
                new Ready(),
                offers("keyboard-interactive", "publickey"),
                new KeyAcceptable(),
                new Failure(List.of("keyboard-interactive"), true),
                asks("Verification code: "),
                new Success()))
        .isEqualTo("converse, probe a, sign a, converse, answer 123456, in");
  }

  @Test
  void partialSuccessGoesOnWithTheRestOfThePlan() throws Exception {
    assertThat(
            play(
                plan(Scripted.keys("a"), Scripted.codes("123456")),
                new Ready(),
                new KeyAcceptable(),
                new Failure(List.of("keyboard-interactive"), true),
                asks("Verification code: "),
                new Success()))
        .isEqualTo("probe a, sign a, converse, answer 123456, in");
  }

  @Test
  void passwordThenKey() throws Exception {
    assertThat(
            play(
                plan(Scripted.password("pw"), Scripted.keys("a")),
                new Ready(),
                WANTS_PASSWORD,
                new Failure(List.of("publickey"), true),
                new KeyAcceptable(),
                new Success()))
        .isEqualTo("ask, password pw, probe a, sign a, in");
  }

  @Test
  void thePasswordMayBeAskedAgainAfterItWasAccepted() throws Exception {
    assertThat(
            play(
                plan(Scripted.password("pw")),
                new Ready(),
                WANTS_PASSWORD,
                new Failure(List.of("keyboard-interactive"), true),
                asks("Password: "),
                new Success()))
        .isEqualTo("ask, password pw, converse, answer pw, in");
  }

  @Test
  void twoKeysForAServerThatWantsTwo() throws Exception {
    assertThat(
            play(
                plan(Scripted.keys("a", "b")),
                new Ready(),
                new KeyAcceptable(),
                new Failure(List.of("publickey"), true),
                new KeyAcceptable(),
                new Success()))
        .isEqualTo("probe a, sign a, probe b, sign b, in");
  }

  @Test
  void aRefusedKeyIsFollowedByTheNext() throws Exception {
    assertThat(
            play(
                plan(Scripted.keys("a", "b")),
                new Ready(),
                offers("publickey"),
                new KeyAcceptable(),
                new Success()))
        .isEqualTo("probe a, probe b, sign b, in");
  }

  @Test
  void aKeyThatCameTooEarlyWaitsForItsTurn() throws Exception {
    assertThat(
            play(
                plan(Scripted.keys("a"), Scripted.password("pw")),
                new Ready(),
                WANTS_PASSWORD,
                new Failure(List.of("publickey"), true),
                new KeyAcceptable(),
                new Success()))
        .isEqualTo("probe a, password pw, probe a, sign a, in");
  }

  @Test
  void aKeyThatCannotSignIsFollowedByTheNext() throws Exception {
    PlannedAuth engine = plan(Scripted.keys("a", "b"));
    assertThat(play(engine, new Ready(), new KeyAcceptable())).isEqualTo("probe a, sign a");
    assertThat(text(engine.signingFailed(new IOException("agent locked")))).isEqualTo("probe b");
    assertThat(trail).anyMatch(entry -> entry.endsWith("could not sign: agent locked"));
  }

  @Test
  void aRefusedPasswordIsNotSentAgainInAConversation() {
    HopFailure failure =
        fails(
            plan(Scripted.password("pw")),
            new Ready(),
            offers("password", "keyboard-interactive"),
            offers("password", "keyboard-interactive"),
            asks("Password: "));
    assertThat(failure.code()).isEqualTo(Code.AUTH_DENIED);
    assertThat(failure)
        .hasMessage(
            "Permission denied (keyboard-interactive): the server asks 'Password:', and every answer that the plan has was refused already; tried: password by password (refused); the answer of password to 'Password:' not sent again, the server refused it");
  }

  @Test
  void aServerThatAsksTheSameAgainIsNotToldTheSameAgain() {
    HopFailure failure =
        fails(
            plan(Scripted.password("pw")),
            new Ready(),
            WANTS_CONVERSATION,
            asks("Password: "),
            asks("Password: "));
    assertThat(failure.code()).isEqualTo(Code.AUTH_DENIED);
  }

  @Test
  void theNextCodeIsTriedAfterARefusedOne() throws Exception {
    assertThat(
            play(
                plan(Scripted.codes("111111", "222222")),
                new Ready(),
                asks("Verification code: "),
                WANTS_CONVERSATION,
                asks("Verification code: "),
                new Success()))
        .isEqualTo("converse, answer 111111, converse, answer 222222, in");
  }

  @Test
  void aPersonMayTypeTheSameAgain() throws Exception {
    assertThat(
            play(
                plan(Scripted.person("pw", "pw")),
                new Ready(),
                WANTS_PASSWORD,
                WANTS_PASSWORD,
                new Success()))
        .isEqualTo("ask, password pw, password pw, in");
  }

  @Test
  void anUnknownPromptIsNotAnswered() {
    HopFailure failure =
        fails(
            plan(Scripted.codes("123456")),
            new Ready(),
            new InfoRequest("", "", List.of(new Question("Mother's \u001b[2Jname? ", true))));
    assertThat(failure.code()).isEqualTo(Code.AUTH_UNKNOWN_PROMPT);
    assertThat(failure.phase()).isEqualTo(Phase.AUTH);
    assertThat(failure)
        .hasMessage(
            "the server asks 'Mother's \\x1b[2Jname?' (echo on, round 1) and no strategy of the plan recognised it (asked: codes); nothing was answered. Add a strategy or a rule for it");
  }

  @Test
  void oneUnknownPromptOfARoundHoldsBackTheOthers() {
    assertThat(
            fails(plan(Scripted.codes("123456")), new Ready(), asks("Verification code: ", "Pet: "))
                .code())
        .isEqualTo(Code.AUTH_UNKNOWN_PROMPT);
  }

  @Test
  void anExpiredPasswordIsChanged() throws Exception {
    assertThat(
            play(
                plan(Scripted.password("old").newPassword("new")),
                new Ready(),
                WANTS_PASSWORD,
                new ServerMessage.ChangePassword("expired"),
                new Success()))
        .isEqualTo("ask, password old, change old new, in");
  }

  @Test
  void anExpiredPasswordWithoutANewOneIsSaidSo() {
    HopFailure failure =
        fails(
            plan(Scripted.password("old")),
            new Ready(),
            WANTS_PASSWORD,
            new ServerMessage.ChangePassword("Your password has expired"));
    assertThat(failure.code()).isEqualTo(Code.AUTH_PASSWORD_EXPIRED);
    assertThat(failure)
        .hasMessage(
            "the password expired and the plan has no new one that the server takes (it said: \"Your password has expired\"); set new-password, or add 'interactive' to the plan");
  }

  @Test
  void beingLetInOnNoneIsRefused() {
    assertThat(fails(plan(Scripted.password("pw")), new Ready(), new Success()).code())
        .isEqualTo(Code.AUTH_TRIVIAL);
  }

  @Test
  void beingLetInOnAProbeIsRefused() {
    assertThat(fails(plan(Scripted.keys("a")), new Ready(), new Success()).code())
        .isEqualTo(Code.AUTH_TRIVIAL);
  }

  @Test
  void beingLetInWithoutAQuestionIsRefused() {
    assertThat(fails(plan(Scripted.codes("1")), new Ready(), asks(), new Success()).code())
        .isEqualTo(Code.AUTH_TRIVIAL);
  }

  @Test
  void trivialAuthenticationIsAllowedWhereThePolicySaysSo() throws Exception {
    allowTrivial = true;
    assertThat(play(plan(Scripted.password("pw")), new Ready(), new Success()))
        .isEqualTo("ask, in");
  }

  @Test
  void anEmptyPlanMayBeLetIn() throws Exception {
    assertThat(play(plan(), new Ready(), new Success())).isEqualTo("ask, in");
  }

  @Test
  void aServerThatOffersNothingOfThePlanIsNamedWithBoth() {
    HopFailure failure = fails(plan(Scripted.keys("a")), new Ready(), offers("gssapi-with-mic"));
    assertThat(failure.code()).isEqualTo(Code.AUTH_NO_COMMON_METHOD);
    assertThat(failure)
        .hasMessage(
            "Permission denied (gssapi-with-mic): the server wants gssapi-with-mic, and the plan serves publickey; nothing was tried");
  }

  @Test
  void whenThePlanIsExhaustedItSaysWhatWasTried() {
    HopFailure failure = fails(plan(Scripted.keys("a")), new Ready(), offers("publickey"));
    assertThat(failure.code()).isEqualTo(Code.AUTH_DENIED);
    assertThat(failure.sentence())
        .startsWith("Permission denied (publickey); tried: publickey ssh-ed25519 SHA256:")
        .endsWith(" from a (refused)");
  }

  @Test
  void theBudgetStopsBeforeTheServerDoes() {
    maxAttempts = 2;
    HopFailure failure =
        fails(
            plan(Scripted.keys("a", "b", "c")),
            new Ready(),
            offers("publickey"),
            offers("publickey"));
    assertThat(failure.code()).isEqualTo(Code.AUTH_BUDGET);
    assertThat(failure.sentence())
        .startsWith(
            "Permission denied (publickey): stopped after 2 refusals (max-auth-attempts); tried: ");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2})
  void whatHasNoPlaceIsRefused(int which) {
    ServerMessage message =
        List.of(new KeyAcceptable(), asks("Password: "), new ServerMessage.ChangePassword("x"))
            .get(which);
    assertThat(fails(plan(Scripted.password("pw")), new Ready(), message).code())
        .isEqualTo(Code.AUTH_HOSTILE);
  }

  @Test
  void successBeforeAnyRequestIsRefused() {
    assertThat(fails(plan(Scripted.password("pw")), new Success()).code())
        .isEqualTo(Code.AUTH_HOSTILE);
  }

  @Test
  void aConversationWithoutEndIsEnded() {
    List<ServerMessage> messages = new ArrayList<>(List.of(new Ready()));
    for (int i = 0; i < 60; i++) {
      messages.add(asks());
    }
    assertThat(fails(plan(Scripted.codes("1")), messages.toArray(ServerMessage[]::new)).code())
        .isEqualTo(Code.AUTH_HOSTILE);
  }

  @Test
  void moreQuestionsThanAnyHonestServerAsksAreNotAnswered() {
    String[] many = new String[65];
    java.util.Arrays.fill(many, "code: ");
    assertThat(fails(plan(Scripted.codes("1")), new Ready(), asks(many)).code())
        .isEqualTo(Code.AUTH_HOSTILE);
  }

  @Test
  void aBrokenStrategyStopsTheHopAndNobodyElseIsAsked() {
    HopFailure failure =
        fails(
            plan(
                Scripted.prompts(
                    prompt -> {
                      throw new IllegalStateException("boom");
                    }),
                Scripted.password("pw")),
            new Ready(),
            asks("Password: "));
    assertThat(failure.code()).isEqualTo(Code.AUTH_STRATEGY_BROKEN);
    assertThat(failure)
        .hasMessage(
            "the strategy 'prompts' is broken: it failed with java.lang.IllegalStateException: boom; no other strategy was tried in its place");
  }

  @Test
  void anAnswerThatWasWipedAlreadyIsABrokenStrategy() {
    SecretValue wiped = SecretValue.of("pw");
    wiped.close();
    HopFailure failure =
        fails(
            plan(Scripted.prompts(prompt -> Reply.answer(wiped)), Scripted.password("pw")),
            new Ready(),
            asks("Password: "));
    assertThat(failure.code()).isEqualTo(Code.AUTH_STRATEGY_BROKEN);
    assertThat(failure)
        .hasMessage(
            "the strategy 'prompts' is broken: it answered with a value that was wiped already; no other strategy was tried in its place");
  }

  @Test
  void whyThereIsNoPasswordIsSaid() {
    HopFailure failure =
        fails(plan(new Unwilling("nobody can be asked")), new Ready(), WANTS_PASSWORD);
    assertThat(failure.code()).isEqualTo(Code.AUTH_DENIED);
    assertThat(failure)
        .hasMessage(
            "Permission denied (password); tried: no password by password: nobody can be asked");
  }

  private record Unwilling(String why) implements AuthStrategy {
    @Override
    public Set<AuthMethod> methods() {
      return Set.of(AuthMethod.PASSWORD);
    }

    @Override
    public Reply password(PasswordRequest request) {
      return Reply.pass(why);
    }
  }

  @Test
  void anAbortStopsTheHop() {
    HopFailure failure =
        fails(plan(Scripted.prompts(prompt -> Reply.abort("too odd"))), new Ready(), asks("x"));
    assertThat(failure.code()).isEqualTo(Code.AUTH_ABORTED);
    assertThat(failure).hasMessage("the strategy 'prompts' stopped: too odd");
  }

  @Test
  void noSecretReachesTheTrail() throws Exception {
    play(
        plan(Scripted.password("canary-pw"), Scripted.codes("424242")),
        new Ready(),
        WANTS_CONVERSATION,
        asks("Password: ", "Verification code: "),
        new Success());
    assertThat(String.join("\n", trail)).doesNotContain("canary-pw").doesNotContain("424242");
  }

  @Test
  void bannersAreShownHarmlessAndFew() {
    PlannedAuth engine = plan(Scripted.password("pw"));
    for (int i = 0; i < 100; i++) {
      engine.banner("Welcome\u001b]0;title\u0007 " + i);
    }
    assertThat(trail).hasSize(5).first().isEqualTo("banner: Welcome\\x1b]0;title\\x07 0");
  }

  @Test
  void progressSaysWhatIsWaitedFor() throws Exception {
    PlannedAuth engine = plan(Scripted.prompts(prompt -> Reply.answer(SecretValue.of("1"))));
    play(engine, new Ready(), asks("Passcode or option (1-3): "));
    assertThat(engine.progress())
        .isEqualTo(
            "in keyboard-interactive (last asked: 'Passcode or option (1-3):'); a push or a call may be waiting for an answer, or the server did not go on");
  }

  @Test
  void progressNamesTheStrategyThatKeepsItWaiting() throws Exception {
    List<String> seen = new ArrayList<>();
    PlannedAuth[] engine = new PlannedAuth[1];
    engine[0] =
        plan(
            Scripted.prompts(
                prompt -> {
                  seen.add(engine[0].progress());
                  return Reply.answer(SecretValue.of("1"));
                }));
    play(engine[0], new Ready(), asks("Verification code: "));
    assertThat(seen)
        .containsExactly("waiting for the strategy 'prompts' to answer 'Verification code:'");
  }

  @Test
  void moreThanOnePasswordToSayPrefersAConversation() throws Exception {
    ServerMessage both = offers("password", "keyboard-interactive");
    assertThat(play(plan(Scripted.person("pw").called("interactive")), new Ready(), both))
        .isEqualTo("ask, converse");
    assertThat(
            play(
                plan(Scripted.password("pw"), Scripted.person().called("interactive")),
                new Ready(),
                both))
        .isEqualTo("ask, converse");
    assertThat(play(plan(Scripted.password("pw"), Scripted.password("2")), new Ready(), both))
        .isEqualTo("ask, password pw");
    assertThat(play(plan(Scripted.keys(), Scripted.password("pw")), new Ready(), both))
        .isEqualTo("ask, password pw");
  }

  @Test
  void strategiesAreClosed() {
    Scripted strategy = Scripted.password("pw");
    plan(strategy).close();
    assertThat(strategy.closed).isTrue();
  }
}
