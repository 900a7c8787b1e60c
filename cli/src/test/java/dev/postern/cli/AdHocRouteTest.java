package dev.postern.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.route.Route;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The letters of OpenSSH, as a route. */
final class AdHocRouteTest {
  private static final Map<String, Object> INTERACTIVE = Map.of("type", "interactive");

  private final Rig rig = new Rig();

  @BeforeEach
  void endAtOnce() {
    rig.circuit.process.exits(0);
  }

  private Route route(String... arguments) {
    String[] all = new String[arguments.length + 3];
    all[0] = "exec";
    System.arraycopy(arguments, 0, all, 1, arguments.length);
    all[all.length - 2] = "--";
    all[all.length - 1] = "true";
    assertThat(rig.run(all)).as(rig.error()).isZero();
    return (Route) rig.opened.get(0);
  }

  @Test
  void proxyJumpIsTheSameAsJ() {
    Route jumped = route("-o", "ProxyJump=a@one,b@two", "c@three");
    rig.opened.clear();
    assertThat(jumped.settings()).isEqualTo(route("-J", "a@one,b@two", "c@three").settings());
  }

  private String refusal(String... options) {
    String[] all = new String[options.length + 4];
    all[0] = "exec";
    System.arraycopy(options, 0, all, 1, options.length);
    all[all.length - 3] = "a@b";
    all[all.length - 2] = "--";
    all[all.length - 1] = "true";
    assertThat(rig.run(all)).isEqualTo(2);
    assertThat(rig.opened).isEmpty();
    return rig.error();
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> hop(Route route, int index) {
    return ((List<Map<String, Object>>) route.settings().get("hops")).get(index);
  }

  @Test
  void jumpsComeBeforeTheDestination() {
    Route route = route("-J", "alice@bastion,bob@inner:2222", "app@db");
    assertThat(hop(route, 0)).containsEntry("host", "bastion").containsEntry("user", "alice");
    assertThat(hop(route, 1)).containsEntry("host", "inner").containsEntry("port", 2222);
    assertThat(hop(route, 2)).containsEntry("host", "db").containsEntry("user", "app");
    assertThat(route.origin()).isEqualTo("command line");
  }

  @Test
  void userPortAndAliasAreTheDestinationsAlone() {
    Route route =
        route("-J", "bastion", "-l", "app", "-p", "2200", "-o", "HostKeyAlias=db", "target");
    assertThat(hop(route, 0))
        .doesNotContainKeys("user", "host-key-alias")
        .containsEntry("port", 22);
    assertThat(hop(route, 1))
        .containsEntry("user", "app")
        .containsEntry("port", 2200)
        .containsEntry("host-key-alias", "db");
  }

  @Test
  void whatTheDestinationSaysWinsOverLetters() {
    Route route = route("-l", "x", "-p", "1", "-o", "User=y", "-o", "Port=2", "app@db:22");
    assertThat(hop(route, 0)).containsEntry("user", "app").containsEntry("port", 22);
  }

  @Test
  void lettersWinOverOptions() {
    Route route = route("-l", "x", "-p", "1", "-o", "User=y", "-o", "Port=2", "db2");
    assertThat(hop(route, 0)).containsEntry("user", "x").containsEntry("port", 1);
  }

  @Test
  void ciphersAndMacsHaveLettersAsInSsh() {
    Route route = route("-c", "aes256-ctr", "-m", "hmac-sha2-512", "-o", "Ciphers=aes128-ctr", "b");
    assertThat(route.settings())
        .containsEntry("ciphers", "aes256-ctr")
        .containsEntry("macs", "hmac-sha2-512");
  }

  @ParameterizedTest
  @CsvSource({"-C", "-oCompression=yes"})
  void theWayToTheDestinationAloneIsCompressed(String letter) {
    Route route = route("-J", "a@b", letter, "c@d");
    assertThat(route.settings()).doesNotContainKey("compression");
    assertThat(hop(route, 0)).doesNotContainKey("compression");
    assertThat(hop(route, 1)).containsEntry("compression", true);
  }

  @Test
  void withoutKeysThoseOfOpenSshAreTriedThenThePersonIsAsked() {
    assertThat(hop(route("a@b"), 0))
        .containsEntry("auth", List.of(Map.of("type", "publickey"), INTERACTIVE));
  }

  @Test
  void keysHoldForEveryHop() {
    Route route = route("-J", "a@b", "-i", "key", "-i", "~/other", "c@d");
    Map<String, Object> keys =
        Map.of("type", "publickey", "identities", List.of("/nowhere/folder/key", "~/other"));
    assertThat(hop(route, 0)).containsEntry("auth", List.of(keys, INTERACTIVE));
    assertThat(hop(route, 1)).containsEntry("auth", List.of(keys, INTERACTIVE));
  }

  @ParameterizedTest
  @CsvSource({
    "StrictHostKeyChecking=accept-new, strict-host-keys, accept-new",
    "KexAlgorithms=^curve25519-sha256, kex, ^curve25519-sha256",
    "Ciphers=aes256-ctr, ciphers, aes256-ctr",
    "MACs=-*etm*, macs, -*etm*",
    "HostKeyAlgorithms=ssh-ed25519, host-key-algorithms, ssh-ed25519",
    "stricthostkeychecking=ask, strict-host-keys, ask",
    "ConnectTimeout=5, connect-timeout, 5s",
    "ConnectTimeout = 5, connect-timeout, 5s",
    "ConnectTimeout 5, connect-timeout, 5s",
    "NumberOfPasswordPrompts=1, max-auth-attempts, 4",
    "ServerAliveInterval=30, keepalive, {interval=30s}",
    "ServerAliveCountMax=2, keepalive, {count=2}",
    "UserKnownHostsFile=hosts, known-hosts, '[/nowhere/folder/hosts, /etc/ssh/ssh_known_hosts]'",
    "RevokedHostKeys=bad ~/worse, revoked-host-keys, '[/nowhere/folder/bad, ~/worse]'",
    "RevokedHostKeys=none, revoked-host-keys, []",
    "UserKnownHostsFile=none, known-hosts, '[/etc/ssh/ssh_known_hosts]'",
  })
  void optionsForAllHops(String option, String key, String value) {
    assertThat(String.valueOf(route("-o", option, "a@b").settings().get(key))).isEqualTo(value);
  }

  @ParameterizedTest
  @CsvSource({
    "IdentitiesOnly=yes, identities-only, true",
    "IdentityFile=key, identities, [/nowhere/folder/key]",
    "CertificateFile=key-cert.pub, certificates, [/nowhere/folder/key-cert.pub]",
    "IdentityAgent=none, agent, false",
    "IdentityAgent=SSH_AUTH_SOCK, agent, true",
    "IdentityAgent=/run/agent, agent, /run/agent",
  })
  @SuppressWarnings("unchecked")
  void optionsForKeys(String option, String key, String value) {
    List<Map<String, Object>> auth =
        (List<Map<String, Object>>) hop(route("-o", option, "a@b"), 0).get("auth");
    assertThat(String.valueOf(auth.get(0).get(key))).isEqualTo(value);
  }

  @Test
  void theFirstValueOfAnOptionCounts() {
    assertThat(
            route("-o", "ConnectTimeout=5", "-o", "ConnectTimeout=9", "a@b")
                .settings()
                .get("connect-timeout"))
        .isEqualTo("5s");
  }

  @Test
  void batchModeAsksNobody() {
    route("-o", "BatchMode=yes", "a@b");
    assertThat(rig.persons).containsExactly(false);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "StrictHostKeyChecking=no | this would trust any server, so there is no such mode; use"
            + " accept-new to trust a new one, or ask",
        "StrictHostKeyChecking=maybe | expected yes, accept-new or ask",
        "ProxyCommand=nc %h %p | not supported; there is BatchMode, CertificateFile,",
        "ConnectTimeout=soon | expected a number",
        "IdentitiesOnly=perhaps | expected yes or no",
        "Port=99999 | is not a port",
        "User=$(id) | cannot be a user's name",
        "ConnectTimeout | expected Key=Value",
      })
  void whatAnOptionCannotBeIsRefused(String option, String sentence) {
    assertThat(refusal("-o", option)).contains(sentence).contains("[PST-C009]");
  }

  @Test
  void aPortThatIsNoneIsRefused() {
    assertThat(refusal("-p", "0"))
        .isEqualTo(
            "postern: command line: \"0\" is not a port; it is a number from 1 to 65535"
                + " [PST-C009]\n");
  }
}
