package dev.postern.core.config;

import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ReconnectTest {
  @TempDir private Path folder;
  private Book book;

  @BeforeEach
  void begin() {
    book = new Book(folder);
  }

  private Reconnect read(String defaults, String route) {
    return book.load(
            "postern { defaults { %s }\n routes.db { hops = [ { host = h, auth = [ { type = interactive } ] } ]\n %s } }"
                .formatted(defaults, route))
        .plan("db")
        .reconnect();
  }

  @Test
  void unlessSaidItGoesOnWithoutEnd() {
    assertThat(read("", ""))
        .isEqualTo(
            new Reconnect(true, ofSeconds(1), ofMinutes(1), ofSeconds(30), OptionalInt.empty()));
  }

  @Test
  void theNearerWinsKeyByKey() {
    assertThat(
            read(
                "reconnect { delay = 2s, attempts = 5 }",
                "reconnect { delay = 3s, max-delay = 9s, gate-time = 0s }"))
        .isEqualTo(
            new Reconnect(true, ofSeconds(3), ofSeconds(9), ofSeconds(0), OptionalInt.of(5)));
  }

  @Test
  void offIsOffUntilSomethingNearerSaysOtherwise() {
    assertThat(read("reconnect = off", "").enabled()).isFalse();
    assertThat(read("reconnect = off", "reconnect = on").enabled()).isTrue();
    assertThat(read("reconnect = off", "reconnect { delay = 2s }").delay()).isEqualTo(ofSeconds(2));
    assertThat(read("reconnect { delay = 2s }", "reconnect = false").enabled()).isFalse();
  }

  @Test
  void whatCannotBeMeantIsReportedWhereItStands() {
    assertThat(
            book.problems(
                """
                postern.defaults.reconnect = sometimes
                postern.routes.a { hops = [ { host = h, auth = [ { type = interactive } ] } ]
                  reconnect { delay = 1m, max-delay = 1s } }
                postern.routes.b { hops = [ { host = h, auth = [ { type = interactive } ] } ]
                  reconnect { attempts = 0 } }
                postern.routes.c { hops = [ { host = h, auth = [ { type = interactive } ] } ]
                  reconnect { dealy = 1s } }
                """))
        .containsExactly(
            "postern.conf:1: defaults.reconnect: expected off, or an object such as { delay = 1s, max-delay = 1m, gate-time = 30s, attempts = unlimited } [PST-C003]",
            "postern.conf:3: routes.a.reconnect: 'max-delay' is shorter than 'delay' [PST-C003]",
            "postern.conf:5: routes.b.reconnect: 'attempts' is neither a number from 1 nor unlimited [PST-C003]",
            "postern.conf:7: routes.c.reconnect.dealy: unknown setting for reconnect. Did you mean 'delay'? [PST-C002]");
  }
}
