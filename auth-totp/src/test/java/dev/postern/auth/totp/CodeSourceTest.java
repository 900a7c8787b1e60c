package dev.postern.auth.totp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postern.api.hop.OneTimeCodes;
import dev.postern.api.hop.Person;
import dev.postern.api.hop.PluginContext;
import dev.postern.api.hop.Time;
import dev.postern.api.secret.Secret;
import dev.postern.api.secret.SecretException;
import dev.postern.api.secret.SecretValue;
import dev.postern.testkit.FakeHopContext;
import dev.postern.testkit.FakePerson;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class CodeSourceTest {
  private static final Parameters USUAL = new Parameters(Algorithm.SHA1, 6, 30);
  private final FakeHopContext hop = new FakeHopContext(new FakePerson());

  @Test
  void aCodeIsNotGivenTwiceButTheNextIsWaitedFor() throws Exception {
    Secret seed = Secret.of("JBSWY3DPEHPK3PXP");
    String first = read(seed);
    assertThat(hop.time().waits()).isEmpty();
    String second = read(seed);
    assertThat(second).isNotEqualTo(first);
    assertThat(hop.time().waits()).containsExactly(Instant.parse("2026-11-24T12:00:30Z"));
  }

  @Test
  void otherAccountsDoNotWait() throws Exception {
    read(Secret.of("JBSWY3DPEHPK3PXP"));
    read(Secret.of("JBSWY3DPEHPK3PXQ"));
    assertThat(hop.time().waits()).isEmpty();
  }

  @Test
  void aCancelledWaitSaysSo() {
    Secret codes = new CodeSource(Secret.of("JBSWY3DPEHPK3PXP"), USUAL, new Cancelled());
    assertThatThrownBy(codes::read)
        .isInstanceOf(SecretException.class)
        .hasMessage("the opening was cancelled while it waited for the next code");
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void aClockThatWentBackDoesNotBringACodeBack() throws Exception {
    Secret seed = Secret.of("JBSWY3DPEHPK3PXP");
    String first = read(seed);
    hop.time().advance(Duration.ofSeconds(-60));
    assertThat(read(seed)).isNotEqualTo(first);
    assertThat(hop.time().now()).isEqualTo(Instant.parse("2026-11-24T12:00:30Z"));
  }

  private String read(Secret seed) throws SecretException {
    try (SecretValue code = new CodeSource(seed, USUAL, hop).read()) {
      return new String(code.chars());
    }
  }

  /** A hop whose every wait is interrupted, and whose codes are all used. */
  private static final class Cancelled implements PluginContext {
    @Override
    public Time time() {
      return new Time() {
        @Override
        public Instant now() {
          return Instant.EPOCH;
        }

        @Override
        public void waitUntil(Instant moment) throws InterruptedException {
          throw new InterruptedException();
        }
      };
    }

    @Override
    public Person person() {
      return new FakePerson();
    }

    @Override
    public OneTimeCodes oneTimeCodes() {
      return (account, step) -> false;
    }

    @Override
    public Optional<String> environment(String name) {
      return Optional.empty();
    }

    @Override
    public Path home() {
      return Path.of("/");
    }
  }
}
