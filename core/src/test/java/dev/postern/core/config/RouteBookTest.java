package dev.postern.core.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postern.api.hop.Endpoint;
import dev.postern.core.hop.HopPolicy;
import dev.postern.core.hop.Keepalive;
import dev.postern.core.hop.StrictHostKeys;
import dev.postern.problem.ConfigException;
import dev.postern.route.ForwardAddress;
import dev.postern.route.ForwardSpec;
import dev.postern.route.Route;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RouteBookTest {
  @TempDir private Path folder;
  private Book book;

  @BeforeEach
  void begin() {
    book = new Book(folder);
  }

  private HopPolicy policy(String text) {
    return book.load(text).plan("r").hops().get(0).policy();
  }

  @Test
  void aRouteIsReadAsTheDesignWritesIt() {
    RoutePlan plan =
        book.load(
                """
                postern.routes.orders-db {
                  hops = [
                    { host = bastion.example.com, port = 2222, user = bob, auth = [ publickey ] }
                    { host = db.internal, transport = { type = jump, quick = true }, auth = [ interactive ] }
                  ]
                  forwards = [ { local = "127.0.0.1:15432", remote = "localhost:5432" } ]
                }
                """)
            .plan("orders-db");
    assertThat(plan.name()).isEqualTo("orders-db");
    assertThat(plan.hops().get(0).info()).hasToString("hop 1/2 bob@bastion.example.com");
    assertThat(plan.hops().get(0).info().endpoint())
        .isEqualTo(new Endpoint("bastion.example.com", 2222));
    assertThat(plan.hops().get(0).transport().type()).isEqualTo("direct");
    assertThat(plan.hops().get(0).auth().get(0).type()).isEqualTo("publickey");
    assertThat(plan.hops().get(1).info()).hasToString("hop 2/2 alice@db.internal");
    assertThat(plan.hops().get(1).info().endpoint().port()).isEqualTo(22);
    assertThat(plan.hops().get(1).transport().config())
        .isEqualTo(new FakePlugins.Jump.Config(true));
    assertThat(plan.forwards())
        .containsExactly(ForwardSpec.of("127.0.0.1:15432", "localhost:5432"));
  }

  @Test
  void whatIsBeforeTheLastHopIsARouteWithoutForwards() {
    RouteBook routes =
        book.load(
            """
            postern.routes {
              two { hops = [{ host = a, auth = [] }, { host = b, auth = [] }], forwards = [{ local = 1, remote = "c:2" }] }
              one { hops = [{ host = a, auth = [] }] }
            }
            """);
    RoutePlan before = routes.plan("two").beforeLast();
    assertThat(before.hops()).hasSize(1);
    assertThat(before.hops().get(0).info()).hasToString("hop 1/2 alice@a");
    assertThat(before.forwards()).isEmpty();
    assertThatThrownBy(() -> routes.plan("one").beforeLast())
        .isInstanceOf(ConfigException.class)
        .hasMessage("the route 'one' has one hop, and nothing before it [PST-C009]");
  }

  @Test
  void theTransportIsDirectFirstAndJumpAfterwards() {
    assertThat(
            book.load(
                    "postern.routes.r.hops = [{ host = a, auth = [] }, { host = b, auth = [] }, {"
                        + " host = c, auth = [] }]")
                .plan("r")
                .hops())
        .extracting(hop -> hop.transport().type())
        .containsExactly("direct", "jump", "jump");
  }

  @Test
  void theDefaultsOfCoreHold() {
    assertThat(policy("postern.routes.r.hops = [{ host = a, auth = [] }]"))
        .isEqualTo(
            new HopPolicy(
                List.of(
                    FakeServices.HOME.resolve(".ssh/known_hosts"),
                    Path.of("/etc/ssh/ssh_known_hosts")),
                List.of(),
                StrictHostKeys.YES,
                Optional.empty(),
                Duration.ofSeconds(15),
                Duration.ofSeconds(120),
                new Keepalive(Duration.ofSeconds(15), 3),
                5,
                false,
                true));
  }

  @Test
  void theNearerPolicyWins() {
    HopPolicy policy =
        policy(
            """
            postern.defaults { connect-timeout = 1s, auth-timeout = 1s, max-auth-attempts = 1, keepalive.interval = 1s }
            postern.routes.r {
              auth-timeout = 2s, max-auth-attempts = 2, strict-host-keys = accept-new
              hops = [{ host = a, auth = [], max-auth-attempts = 3, keepalive.count = 9, host-key-alias = b }]
            }
            """);
    assertThat(policy.connectTimeout()).isEqualTo(Duration.ofSeconds(1));
    assertThat(policy.authTimeout()).isEqualTo(Duration.ofSeconds(2));
    assertThat(policy.maxAuthAttempts()).isEqualTo(3);
    assertThat(policy.keepalive()).isEqualTo(new Keepalive(Duration.ofSeconds(1), 9));
    assertThat(policy.strictHostKeys()).isEqualTo(StrictHostKeys.ACCEPT_NEW);
    assertThat(policy.hostKeyAlias()).contains("b");
  }

  @ParameterizedTest
  @CsvSource({"none", "''"})
  void anAliasCanBeTurnedOff(String none) {
    assertThat(
            policy(
                    """
                    postern.defaults.host-key-alias = other
                    postern.routes.r.hops = [{ host = a, auth = [], host-key-alias = "%s" }]
                    """
                        .formatted(none))
                .hostKeyAlias())
        .isEmpty();
  }

  @Test
  void theUserIsThatOfTheRouteElseThatOfTheMachine() {
    String hops = "postern.routes.r.hops = [{ host = a, auth = [] }]\n";
    assertThat(book.load(hops).plan("r").hops().get(0).info().user()).isEqualTo("alice");
    assertThat(
            book.load(hops + "postern.routes.r.user = bob").plan("r").hops().get(0).info().user())
        .isEqualTo("bob");
    book.services.environment.put("USER", "");
    assertThat(book.load(hops).plan("r").hops().get(0).info().user())
        .isEqualTo(System.getProperty("user.name"));
  }

  @Test
  void routesKeepTheOrderOfTheFile() {
    assertThat(
            book.load(
                    """
                    postern.routes {
                      zebra.hops = [{ host = a, auth = [] }]
                      ape.hops = [{ host = a, auth = [] }]
                      middle.hops = [{ host = a, auth = [] }]
                    }
                    """)
                .names())
        .containsExactly("zebra", "ape", "middle");
  }

  @Test
  void anUnknownRouteHasTheNearestAndTheList() {
    RouteBook routes =
        book.load(
            """
            postern.routes.orders.hops = [{ host = a, auth = [] }]
            postern.routes.mail.hops = [{ host = a, auth = [] }]
            """);
    assertThat(book.problems(() -> routes.plan("odrers")))
        .containsExactly(
            "no route 'odrers'. Did you mean 'orders'? Of routes, there is 'orders', 'mail'"
                + " [PST-C005]");
    assertThat(book.problems(() -> RouteBook.empty(book.environment()).explain("x")))
        .containsExactly("no route 'x'. Of routes, none is configured [PST-C005]");
  }

  @ParameterizedTest
  @CsvSource({
    "15432, 127.0.0.1:15432 -> db:1",
    "0, 127.0.0.1:0 -> db:1",
    "'0.0.0.0:5', 0.0.0.0:5 -> db:1",
    "'*:5', *:5 -> db:1",
    "'[::1]:5', [::1]:5 -> db:1"
  })
  void aForwardListensWhereItIsWritten(String local, String expected) {
    assertThat(
            book.load(
                    """
                    postern.routes.r { hops = [{ host = a, auth = [] }]
                      forwards = [{ local = "%s", remote = "db:1", type = local }] }
                    """
                        .formatted(local))
                .plan("r")
                .forwards())
        .singleElement()
        .hasToString(expected);
  }

  @Test
  void forwardsOfEveryTypeAreWritten() {
    assertThat(
            book.load(
                    """
                    postern.routes.r { hops = [{ host = a, auth = [] }]
                      forwards = [
                        { local = 15432, remote = "/run/db.sock" }
                        { local = "/run/near.sock", remote = "db:5432", unlink = true }
                        { type = remote, remote = 8080, local = "localhost:80" }
                        { type = remote, remote = "*:1080" }
                        { type = dynamic, local = 1080 }
                      ] }
                    """)
                .plan("r")
                .forwards())
        .containsExactly(
            ForwardSpec.of("15432", "/run/db.sock"),
            ForwardSpec.of("/run/near.sock", "db:5432").withUnlink(true),
            ForwardSpec.remote(
                ForwardAddress.of("localhost:8080"), ForwardAddress.of("localhost:80")),
            ForwardSpec.remote(ForwardAddress.of("*:1080")),
            ForwardSpec.dynamic(ForwardAddress.of("1080")));
  }

  @Test
  void aForwardInCodeHasTheSettingsOfOneInAFile() {
    ForwardSpec spec =
        ForwardSpec.remote(ForwardAddress.of("localhost:0"), ForwardAddress.of("/run/x.sock"));
    assertThat(Route.named("r").forward(spec).build().settings().get("forwards"))
        .isEqualTo(
            List.of(
                Map.of(
                    "type", "remote",
                    "remote", "localhost:0",
                    "local", "/run/x.sock",
                    "unlink", false)));
  }
}
