package dev.postern.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.postern.Postern;
import dev.postern.circuit.ForwardState;
import dev.postern.circuit.Supervision;
import dev.postern.circuit.SupervisionEvent;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A circuit that is lost right after it was opened with a code, which no server takes twice. */
@NeedsRealServers
@Timeout(120)
final class ReconnectedCodesTest {
  private static final int PERIOD = 10;

  @TempDir private Path folder;

  @Test
  void itWaitsForTheNextCodeAndGetsIn() throws Exception {
    try (Account account = Account.create();
        RealSshd server =
            RealSshd.in(folder)
                .pam(Pam.PASSWORD_THEN_CODE)
                .option("AuthenticationMethods", "keyboard-interactive")
                .start()) {
      String seed = account.requireCodes("DISALLOW_REUSE", "STEP_SIZE " + PERIOD);
      String plan =
          "[ { type = password, password = \"%s\" }, { type = totp, secret = \"%s\", period = %ds } ]"
              .formatted(account.password(), seed, PERIOD);
      Path file =
          new RouteFile(folder)
              .hop(server, account.name(), plan)
              .set("reconnect { delay = 200ms, gate-time = 0s }")
              .write();
      List<SupervisionEvent> events = new CopyOnWriteArrayList<>();
      try (Postern postern = Postern.load(file)) {
        // Early in a step, so that the next attempt would have the same code.
        await().until(() -> Instant.now().getEpochSecond() % PERIOD < 2);
        Supervision supervision = postern.supervise("it", events::add);
        supervision.up().toCompletableFuture().get();
        server.logWith("Accepted keyboard-interactive");
        server.killSessions();
        await().atMost(Duration.ofSeconds(30)).until(() -> events.size() == 4);
        assertThat(events)
            .extracting(SupervisionEvent::state)
            .containsExactly(
                ForwardState.OPENING, ForwardState.UP, ForwardState.RECONNECTING, ForwardState.UP);
        assertThat(server.log())
            .doesNotContain("Failed ")
            .doesNotContain("error: PAM")
            .containsPattern("(?s)(Accepted keyboard-interactive.*){2}");
        assertThat(step(events.get(3))).isGreaterThan(step(events.get(1)));
      }
    }
  }

  private static long step(SupervisionEvent event) {
    return event.when().getEpochSecond() / PERIOD;
  }
}
