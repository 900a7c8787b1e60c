package com.example.postern.vault;

import static org.assertj.core.api.Assertions.assertThat;

import com.example.postern.vault.StandInApi.Reply;
import dev.postern.api.secret.SecretException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Many openings at the same time ask once. */
final class SingleFlightTest {
  private static final int MANY = 50;

  private final Bench bench = new Bench();
  private final ExecutorService openings = Executors.newFixedThreadPool(MANY);
  private final CountDownLatch asked = new CountDownLatch(1);
  private final CountDownLatch askedTwice = new CountDownLatch(2);
  private final CountDownLatch mayAnswer = new CountDownLatch(1);
  private final AtomicInteger begun = new AtomicInteger();

  @AfterEach
  void stopOpenings() throws InterruptedException {
    openings.shutdownNow();
    assertThat(openings.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
  }

  private Future<String> opening(StandInApi api) {
    return openings.submit(
        () -> {
          begun.incrementAndGet();
          try {
            return bench.open(Bench.settings(api.address()), Bench.hop()).description();
          } catch (SecretException e) {
            return e.getMessage();
          }
        });
  }

  private StandInApi.Answer held(StandInApi.Answer answer) {
    return request -> {
      asked.countDown();
      askedTwice.countDown();
      mayAnswer.await();
      return answer.to(request);
    };
  }

  private Set<String> results(StandInApi api) throws Exception {
    List<Future<String>> all = new ArrayList<>();
    for (int i = 0; i < MANY; i++) {
      all.add(opening(api));
    }
    asked.await();
    while (begun.get() < MANY) {
      Thread.onSpinWait();
    }
    mayAnswer.countDown();
    Set<String> results = new HashSet<>();
    for (Future<String> one : all) {
      results.add(one.get(20, TimeUnit.SECONDS));
    }
    return results;
  }

  @Test
  void theyShareTheCertificate() throws Exception {
    try (StandInApi api = StandInApi.start(held(Bench.signing(new Authority())))) {
      assertThat(results(api)).containsExactly("certificate 1 of 127.0.0.1");
      assertThat(api.requests()).hasSize(1);
    }
  }

  @Test
  void theyShareTheFailure() throws Exception {
    try (StandInApi api =
        StandInApi.start(held(request -> Reply.of(403, "{\"errors\":[\"permission denied\"]}")))) {
      assertThat(results(api))
          .containsExactly(
              api.url()
                  + " refused with 403 (permission denied); the token is wrong, has ended, or its policy does not allow 'update' there");
      // One that had not joined when the failure came asked for itself.
      assertThat(api.requests()).hasSizeLessThan(MANY);
    }
  }

  @Test
  void whoAskedCanBeCancelledWithoutTheOthers() throws Exception {
    try (StandInApi api = StandInApi.start(held(Bench.signing(new Authority())))) {
      Future<String> first = opening(api);
      asked.await();
      Future<String> second = opening(api);
      first.cancel(true);
      // The API still says nothing to the first, which waits no longer.
      assertThat(askedTwice.await(20, TimeUnit.SECONDS)).isTrue();
      mayAnswer.countDown();
      assertThat(second.get(20, TimeUnit.SECONDS)).startsWith("certificate ");
    }
  }
}
