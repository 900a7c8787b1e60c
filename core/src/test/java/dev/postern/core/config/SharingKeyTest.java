package dev.postern.core.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.api.secret.Secret;
import dev.postern.route.Route;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SharingKeyTest {
  private static final String HOP =
      "host = h, user = u, auth = [{ type = password, password = { env = PW } }]";

  @TempDir private Path folder;
  private Book book;

  @BeforeEach
  void begin() {
    book = new Book(folder);
  }

  private String key(String hop) {
    return book.load("postern.routes.r.hops = [{ " + hop + " }]")
        .plan("r")
        .hops()
        .get(0)
        .sharingKey();
  }

  @Test
  void itIsADigest() {
    assertThat(key(HOP)).matches("[0-9a-f]{64}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "user = u, auth = [{ password.env = PW, type = password }], host = h",
        "port = 22, transport = direct, transport { type = direct }, " + HOP,
        HOP + ", max-auth-attempts = 5",
        HOP + ", auth = [{ type = password, password = { type = env, env = PW } }]"
      })
  void equalHopsShareHoweverTheyAreWritten(String hop) {
    assertThat(key(hop)).isEqualTo(key(HOP));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        HOP + ", host = other",
        HOP + ", port = 23",
        HOP + ", user = v",
        HOP + ", transport = jump",
        HOP + ", strict-host-keys = ask",
        HOP + ", known-hosts = []",
        HOP + ", host-key-alias = x",
        HOP + ", auth-timeout = 1s",
        HOP + ", allow-trivial-auth = true",
        HOP + ", handshake-memory = false",
        HOP + ", kex = curve25519-sha256",
        HOP + ", ciphers = aes256-ctr",
        HOP + ", macs = hmac-sha2-256",
        HOP + ", host-key-algorithms = ssh-ed25519",
        HOP + ", window = 1 MiB",
        HOP + ", compression = true",
        HOP + ", auth = []",
        HOP + ", auth = [{ type = password, password = { env = PW2 } }]",
        HOP + ", auth = [{ type = password, password = { file = PW } }]",
        HOP + ", auth = [{ type = password, password = PW }]",
        HOP + ", auth = [{ type = password, password = { env = PW } }, interactive]"
      })
  void differentHopsDoNotShare(String hop) {
    assertThat(key(hop)).isNotEqualTo(key(HOP));
  }

  @Test
  void theOrderOfThePlanCounts() {
    assertThat(key("host = h, auth = [interactive, publickey]"))
        .isNotEqualTo(key("host = h, auth = [publickey, interactive]"));
  }

  @Test
  void plainSecretsAreCompared() {
    assertThat(key("host = h, auth = [{ type = password, password = a }]"))
        .isEqualTo(key("host = h, auth = [{ type = password, password = \"a\" }]"))
        .isNotEqualTo(key("host = h, auth = [{ type = password, password = b }]"));
  }

  @Test
  void noValuePassesForTwoSettings() {
    assertThat(key("host = h, auth = [{ type = publickey, agent = \"a\\n3:x=1:y\" }]"))
        .isNotEqualTo(key("host = h, auth = [{ type = publickey, agent = a }]"));
    assertThat(key("host = h, auth = [{ type = publickey, identities = [\"/a\", \"/b\"] }]"))
        .isNotEqualTo(key("host = h, auth = [{ type = publickey, identities = [\"/a,/b\"] }]"));
  }

  @Test
  void theSameHopOfTwoRoutesIsShared() {
    RouteBook routes =
        book.load(
            """
            postern.routes.a.hops = [{ %s }, { host = x, auth = [] }]
            postern.routes.b { hops = [{ %s }] }
            """
                .formatted(HOP, HOP));
    assertThat(routes.plan("a").hops().get(0).sharingKey())
        .isEqualTo(routes.plan("b").hops().get(0).sharingKey());
  }

  @Test
  void secretObjectsShareOnlyWithThemselves() {
    RouteBook routes = RouteBook.empty(book.environment());
    Secret secret = Secret.of("a");
    String key = key(routes, secret);
    assertThat(key(routes, secret)).isEqualTo(key);
    assertThat(key(routes, Secret.of("a"))).isNotEqualTo(key);
  }

  private static String key(RouteBook routes, Secret secret) {
    Route route =
        Route.named("r")
            .hop("u", "h", hop -> hop.auth("password", Map.of("password", secret)))
            .build();
    List<HopPlan> hops = routes.plan(route).hops();
    return hops.get(0).sharingKey();
  }
}
