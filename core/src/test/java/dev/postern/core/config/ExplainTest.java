package dev.postern.core.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.api.secret.Secret;
import dev.postern.route.Explanation;
import dev.postern.route.Explanation.Setting;
import dev.postern.route.Route;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ExplainTest {
  @TempDir private Path folder;
  private Book book;

  @BeforeEach
  void begin() {
    book = new Book(folder);
  }

  private List<String> lines(Explanation explanation) {
    return explanation.settings().stream()
        .map(setting -> setting.path() + " = " + setting.value() + " (" + setting.origin() + ")")
        .map(line -> line.replace(folder + "/", ""))
        .toList();
  }

  @Test
  void everyValueHasItsOriginInTheOrderOfThePlan() {
    RouteBook routes =
        book.load(
            """
            postern.defaults.auth-timeout = 1m
            postern.routes.db {
              connect-timeout = 2s
              hops = [ {
                auth = [
                  { type = publickey, identities = ["~/.ssh/id"], passphrase = hunter2 }
                  { type = password, password = { env = DB_PW } }
                  interactive
                ]
                host = db.internal
              } ]
              forwards = [ { local = 15432, remote = "localhost:5432" } ]
            }
            """);
    assertThat(routes.explain("db").route()).isEqualTo("db");
    assertThat(lines(routes.explain("db")))
        .containsExactly(
            "hops[0].host = db.internal (postern.conf:10)",
            "hops[0].port = 22 (default)",
            "hops[0].user = alice (default)",
            "hops[0].transport.type = direct (default)",
            "hops[0].known-hosts[0] = /home/alice/.ssh/known_hosts (default)",
            "hops[0].known-hosts[1] = /etc/ssh/ssh_known_hosts (default)",
            "hops[0].revoked-host-keys = [] (default)",
            "hops[0].strict-host-keys = yes (default)",
            "hops[0].connect-timeout = 2s (postern.conf:3)",
            "hops[0].auth-timeout = 1m (postern.conf:1)",
            "hops[0].keepalive.interval = 15s (default)",
            "hops[0].keepalive.count = 3 (default)",
            "hops[0].max-auth-attempts = 5 (default)",
            "hops[0].allow-trivial-auth = false (default)",
            "hops[0].handshake-memory = true (default)",
            "hops[0].compression = false (default)",
            "hops[0].auth[0].type = publickey (postern.conf:6)",
            "hops[0].auth[0].identities[0] = /home/alice/.ssh/id (postern.conf:6)",
            "hops[0].auth[0].passphrase = *** (postern.conf:6)",
            "hops[0].auth[1].type = password (postern.conf:7)",
            "hops[0].auth[1].password = *** (env DB_PW) (postern.conf:7)",
            "hops[0].auth[2].type = interactive (postern.conf:8)",
            "forwards[0].local = 15432 (postern.conf:12)",
            "forwards[0].remote = localhost:5432 (postern.conf:12)",
            "forwards[0].type = local (default)",
            "forwards[0].unlink = false (default)");
  }

  private String shown(String secret) {
    return book
        .loadStrategy("{ type = password, password = " + secret + " }")
        .explain("db")
        .settings()
        .stream()
        .filter(setting -> setting.path().endsWith(".password"))
        .map(Setting::value)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void aSourceIsShownWithoutWhatMayBeSecretInIt() {
    assertThat(shown("hunter2")).isEqualTo("***");
    assertThat(shown("{ file = \"/run/pw\" }")).isEqualTo("*** (file /run/pw)");
    assertThat(shown("{ type = file, file = \"/run/pw\" }")).isEqualTo("*** (file /run/pw)");
    assertThat(shown("{ command = [pass, show, hunter2] }")).isEqualTo("*** (command pass)");
    assertThat(shown("{ command = { command = [pass, hunter2] } }"))
        .isEqualTo("*** (command pass)");
    assertThat(shown("{ totp = { seed = hunter2 } }")).isEqualTo("*** (totp)");
  }

  @Test
  void aRouteInCodeIsExplainedToo() {
    Route route =
        Route.named("x")
            .origin("command line")
            .hop("bob", "h", hop -> hop.auth("password", Map.of("password", Secret.of("hunter2"))))
            .build();
    assertThat(lines(RouteBook.empty(book.environment()).explain(route)))
        .contains(
            "hops[0].host = h (command line)",
            "hops[0].port = 22 (default)",
            "hops[0].user = bob (command line)",
            "hops[0].auth[0].password = *** (command line)")
        .noneMatch(line -> line.contains("hunter2"));
  }
}
