package dev.postern.core.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postern.api.secret.Secret;
import dev.postern.api.secret.SecretException;
import dev.postern.api.secret.SecretValue;
import dev.postern.core.hop.HopFailure;
import dev.postern.core.hop.Verdicts;
import dev.postern.problem.Code;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

final class AuthoritiesTest {
  private static final String KEY = "pw alice";

  private final Answers answers = new Answers();
  private final Authorities authorities = new Authorities(answers);

  @Test
  void othersWaitForTheVerdictOnTheFirst() throws Exception {
    Verdicts first = of("sw1");
    first.sending();
    CompletableFuture<Void> second = sendingElsewhere("sw2");
    assertThat(second).isNotDone();
    first.accepted();
    second.get(10, TimeUnit.SECONDS);
  }

  @Test
  void whatTheFirstRefusedIsSentToNobodyElse() throws Exception {
    Verdicts first = of("sw1");
    first.sending();
    CompletableFuture<Void> second = sendingElsewhere("sw2");
    first.refused();
    assertThat(second).isNotDone();
    authorities.finished("sw1");
    assertThatThrownBy(() -> second.get(10, TimeUnit.SECONDS))
        .isInstanceOf(ExecutionException.class)
        .cause()
        .isInstanceOfSatisfying(
            HopFailure.class,
            failure -> assertThat(failure.code()).isEqualTo(Code.FLEET_SECRET_REFUSED))
        .hasMessage(
            "not signed in: 'sw1' refused the same secret for the user 'alice', so it was not sent again");
    assertThat(authorities.refusal(List.of(KEY), "alice")).isNotNull();
    assertThat(authorities.refusal(List.of(KEY, ""), "alice"))
        .as("the plan has something else")
        .isNull();
  }

  @Test
  void whoGoesAwayWithoutAVerdictLeavesTheTrialToTheNext() throws Exception {
    of("sw1").sending();
    CompletableFuture<Void> second = sendingElsewhere("sw2");
    authorities.finished("sw1");
    second.get(10, TimeUnit.SECONDS);
    assertThat(authorities.isTried(List.of(KEY))).isTrue();
  }

  @Test
  void aProvenSecretThatOneRefusesStopsTheRest() throws Exception {
    Verdicts first = of("sw1");
    first.sending();
    first.accepted();
    Verdicts second = of("sw2");
    second.sending();
    second.refused();
    second.sending();
    assertThatThrownBy(() -> of("sw3").sending()).isInstanceOf(HopFailure.class);
  }

  @Test
  void thePersonIsAskedOnceForAllAndAgainForWhatNobodyTook() throws Exception {
    AtomicInteger asked = new AtomicInteger();
    Secret secret = () -> SecretValue.of("answer " + asked.incrementAndGet());
    assertThat(text(answers.shared("prompt", secret))).isEqualTo("answer 1");
    assertThat(text(answers.shared("prompt", secret))).isEqualTo("answer 1");
    answers.refused();
    assertThat(text(answers.shared("prompt", secret))).isEqualTo("answer 2");
    answers.accepted();
    answers.refused();
    assertThat(text(answers.shared("prompt", secret))).isEqualTo("answer 2");
  }

  @Test
  void whoDeclinesIsNotAskedForTheNextTarget() {
    AtomicInteger asked = new AtomicInteger();
    Secret secret =
        () -> {
          asked.incrementAndGet();
          throw new SecretException("declined");
        };
    for (int i = 0; i < 3; i++) {
      assertThatThrownBy(() -> answers.shared("prompt", secret).read()).hasMessage("declined");
    }
    assertThat(asked).hasValue(1);
  }

  @Test
  void aServerThatDropsHandshakesGetsFewer() {
    Handshakes handshakes = new Handshakes(8);
    handshakes.dropped("sw1");
    handshakes.dropped("sw1");
    handshakes.begin("sw1");
    handshakes.begin("sw1");
    assertThat(handshakes.hasRoom("sw1")).isFalse();
    handshakes.end("sw1");
    assertThat(handshakes.hasRoom("sw1")).isTrue();
    assertThat(handshakes.hasRoom("sw2")).isTrue();
  }

  private Verdicts of(String target) {
    return authorities.of(KEY, target, "alice");
  }

  /** Returns when it waits, or has its answer. */
  private CompletableFuture<Void> sendingElsewhere(String target) {
    CompletableFuture<Void> done = new CompletableFuture<>();
    Thread thread =
        new Thread(
            () -> {
              try {
                of(target).sending();
                done.complete(null);
              } catch (HopFailure | InterruptedException e) {
                done.completeExceptionally(e);
              }
            });
    thread.setDaemon(true);
    thread.start();
    Awaitility.await().until(() -> thread.getState() == Thread.State.WAITING || done.isDone());
    return done;
  }

  private static String text(Secret secret) throws SecretException {
    try (SecretValue value = secret.read()) {
      return new String(value.chars());
    }
  }
}
