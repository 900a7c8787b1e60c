package dev.postern.core.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.api.secret.Secret;
import dev.postern.api.secret.SecretValue;
import dev.postern.core.config.FakePlugins.Password;
import dev.postern.core.config.FakePlugins.Scripted;
import dev.postern.core.hop.StrictHostKeys;
import dev.postern.route.Route;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CodeRouteTest {
  @TempDir private Path folder;
  private Book book;
  private RouteBook routes;

  @BeforeEach
  void begin() {
    book = new Book(folder);
    routes = RouteBook.empty(book.environment());
  }

  private static Route route(String type, Map<String, ?> settings) {
    return Route.named("db").hop("bob", "h", hop -> hop.auth(type, settings)).build();
  }

  @Test
  void aSecretObjectStandsWhereASecretIsWanted() {
    Secret secret = Secret.of("hunter2");
    RoutePlan plan = routes.plan(route("password", Map.of("password", secret)));
    assertThat(plan.name()).isEqualTo("db");
    assertThat(plan.hops().get(0).info().address()).isEqualTo("bob@h");
    assertThat(plan.hops().get(0).auth().get(0).config()).isEqualTo(new Password(secret));
  }

  @Test
  void secretObjectsStandAtAnyDepth() {
    Secret one = Secret.of("1");
    Secret two = Secret.of("2");
    RoutePlan plan =
        routes.plan(
            route(
                "scripted",
                Map.of(
                    "answers", List.of(List.of(one), List.of(two)),
                    "rules", List.of(Map.of("ask", "Code", "answer", two)))));
    Scripted scripted = (Scripted) plan.hops().get(0).auth().get(0).config();
    assertThat(scripted.answers()).containsExactly(List.of(one), List.of(two));
    assertThat(scripted.rules().get(0).answer()).isSameAs(two);
  }

  @Test
  void aSecretValueIsASecretToo() throws Exception {
    RoutePlan plan = routes.plan(route("password", Map.of("password", SecretValue.of("hunter2"))));
    Secret bound = ((Password) plan.hops().get(0).auth().get(0).config()).password();
    assertThat(bound.read().sameAs(SecretValue.of("hunter2"))).isTrue();
  }

  @Test
  void valuesOfJavaAreUnderstood() {
    Route route =
        Route.named("db")
            .set("connect-timeout", Duration.ofMillis(1500))
            .set("strict-host-keys", StrictHostKeys.ACCEPT_NEW)
            .set("known-hosts", List.of(Path.of("/k")))
            .hop("bob", "h", hop -> hop.port(2222).set("allow-trivial-auth", true))
            .forward("127.0.0.1:0", "db:1")
            .build();
    HopPlan hop = routes.plan(route).hops().get(0);
    assertThat(hop.policy().connectTimeout()).isEqualTo(Duration.ofMillis(1500));
    assertThat(hop.policy().strictHostKeys()).isEqualTo(StrictHostKeys.ACCEPT_NEW);
    assertThat(hop.policy().knownHosts()).containsExactly(Path.of("/k"));
    assertThat(hop.policy().allowTrivialAuth()).isTrue();
    assertThat(hop.info().endpoint().port()).isEqualTo(2222);
    assertThat(routes.plan(route).forwards()).hasSize(1);
  }

  @Test
  void theDefaultsOfTheFileHoldForRoutesInCodeToo() {
    RouteBook withFile = book.load("postern.defaults.connect-timeout = 3s");
    assertThat(withFile.plan(route("publickey", Map.of())).hops().get(0).policy().connectTimeout())
        .isEqualTo(Duration.ofSeconds(3));
  }

  @Test
  void problemsNameTheCode() {
    assertThat(book.problems(() -> routes.plan(route("pasword", Map.of()))))
        .containsExactly(
            "code: hops[0].auth[0].type: no auth plugin of type 'pasword' is installed. Did you mean 'password'? Installed: password, publickey, interactive, every, scripted, picky, timed, moody, odd [PST-P001]");
  }

  @Test
  void problemsNameTheCommandLine() {
    Route route =
        Route.named("db").origin("command line").hop("bob", "a b", hop -> hop.port(0)).build();
    assertThat(book.problems(() -> routes.plan(route)))
        .containsExactly(
            "command line: hops[0].host: \"a b\" cannot be a host's name or address [PST-C003]",
            "command line: hops[0].port: 0 is not a port from 1 to 65535 [PST-C003]");
  }

  @Test
  void aRouteInCodeNeedsHops() {
    assertThat(book.problems(() -> routes.plan(Route.named("db").build())))
        .containsExactly("code: hops: a route needs 'hops', a list of at least one hop [PST-C003]");
  }

  @Test
  void aSecretWhereNoneIsWantedIsNotShown() {
    Route route =
        Route.named("db").hop("bob", "h", hop -> hop.set("port", Secret.of("hunter2"))).build();
    assertThat(book.problems(() -> routes.plan(route)))
        .containsExactly("code: hops[0].port: expected a whole number, found an object [PST-C003]");
  }
}
