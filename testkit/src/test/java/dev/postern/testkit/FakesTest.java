package dev.postern.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postern.api.secret.SecretException;
import dev.postern.api.secret.SecretValue;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class FakesTest {
  private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");

  @Test
  void aPersonAnswersInOrderThenDeclines() throws Exception {
    FakePerson person = new FakePerson("one");
    try (SecretValue answer = person.ask("First? ", false)) {
      assertThat(answer.chars()).containsExactly('o', 'n', 'e');
    }
    person.tell("Wrong.");
    assertThatThrownBy(() -> person.ask("Second? ", true))
        .isInstanceOf(SecretException.class)
        .hasMessage("the question was declined");
    assertThat(person.isPresent()).isTrue();
    assertThat(person.heard())
        .containsExactly("hidden: First? ", "told: Wrong.", "shown: Second? ");
  }

  @Test
  void aPersonWithoutAnswersIsAbsent() {
    FakePerson person = new FakePerson();
    assertThat(person.isPresent()).isFalse();
    assertThatThrownBy(() -> person.ask("Anybody? ", true)).hasMessage("nobody can be asked");
  }

  @Test
  void aClockJumpsToWhatIsWaitedForAndNeverBack() {
    FakeTime time = new FakeTime(NOON);
    time.waitUntil(NOON.plusSeconds(30));
    time.waitUntil(NOON);
    assertThat(time.now()).isEqualTo(NOON.plusSeconds(30));
    time.advance(Duration.ofSeconds(-10));
    assertThat(time.now()).isEqualTo(NOON.plusSeconds(20));
    assertThat(time.waits()).containsExactly(NOON.plusSeconds(30), NOON);
  }

  @Test
  void aStepAndThoseBeforeItAreTakenOnce() {
    FakeOneTimeCodes codes = new FakeOneTimeCodes();
    assertThat(codes.take("alice", 7)).isTrue();
    assertThat(codes.take("alice", 7)).isFalse();
    assertThat(codes.take("alice", 6)).isFalse();
    assertThat(codes.take("bob", 6)).isTrue();
    assertThat(codes.taken()).isEqualTo(Map.of("alice", 7L, "bob", 6L));
  }

  @Test
  void aHopHasTheGivenVariables() {
    FakeHopContext hop = new FakeHopContext(new FakePerson(), Map.of("PIN", "1234"));
    assertThat(hop.environment("PIN")).contains("1234");
    assertThat(hop.environment("HOME")).isEmpty();
    assertThat(hop.hop()).hasToString("hop 1/2 alice@bastion");
  }
}
