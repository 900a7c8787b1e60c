package dev.postern.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.cli.surroundings.Distribution;
import dev.postern.route.Explanation;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SshConfigCommandTest {
  private static final String GIVEN = "postern.conf:4";
  private static final String DEFAULT = "default";

  private final Rig rig = new Rig();

  @BeforeEach
  void route() {
    rig.environment.put("POSTERN_CONFIG", "my postern.conf");
    rig.distribution =
        new Distribution("postern", "", Optional.empty(), Optional.of("../bin/postern"));
    set("hops[0].host", "bastion", GIVEN);
    set("hops[0].transport.type", "direct", DEFAULT);
    set("hops[1].host", "db.internal", GIVEN);
    set("hops[1].port", "2222", GIVEN);
    set("hops[1].user", "app", GIVEN);
    set("hops[1].transport.type", "jump", DEFAULT);
    set("hops[1].known-hosts[0]", "/home/a b/known", GIVEN);
    set("hops[1].known-hosts[1]", "/etc/50%", GIVEN);
    set("hops[1].strict-host-keys", "accept-new", GIVEN);
    set("hops[1].auth[0].type", "password", GIVEN);
    set("hops[1].auth[1].type", "publickey", GIVEN);
  }

  private void set(String path, String value, String origin) {
    rig.settings.removeIf(setting -> setting.path().equals(path));
    rig.settings.add(new Explanation.Setting(path, value, origin));
  }

  private String refusal(String... arguments) {
    assertThat(rig.run(arguments)).isEqualTo(2);
    assertThat(rig.output()).isEmpty();
    return rig.error();
  }

  @Test
  void theLastHopIsAHostOfTheRoutesName() {
    assertThat(rig.run("ssh-config", "db")).isZero();
    assertThat(rig.output())
        .isEqualTo(
            """
            Host db
              HostName db.internal
              Port 2222
              User app
              UserKnownHostsFile "/home/a b/known" /etc/50%%
              GlobalKnownHostsFile /dev/null
              StrictHostKeyChecking accept-new
              ProxyCommand /nowhere/bin/postern forward -F '/nowhere/folder/my postern.conf' -W '[%h]:%p' --before-last db
            """);
    assertThat(rig.error()).isEmpty();
    assertThat(rig.opened).isEmpty();
  }

  @Test
  void keysAndHostKeysAreTheRoutes() {
    set("hops[1].host-key-alias", "db one", GIVEN);
    set("hops[1].revoked-host-keys[0]", "/etc/revoked", GIVEN);
    set("hops[1].auth[1].identities[0]", "/home/a/id", GIVEN);
    set("hops[1].auth[1].certificates[0]", "/home/a/id-cert.pub", GIVEN);
    set("hops[1].auth[1].identities-only", "true", GIVEN);
    set("hops[1].auth[1].agent", "false", GIVEN);
    assertThat(rig.run("ssh-config", "db")).isZero();
    assertThat(rig.output())
        .contains(
            "\n  HostKeyAlias \"db one\"\n",
            """
              StrictHostKeyChecking accept-new
              RevokedHostKeys /etc/revoked
              IdentityFile /home/a/id
              CertificateFile /home/a/id-cert.pub
              IdentitiesOnly yes
              IdentityAgent none
              ProxyCommand\
            """);
  }

  @Test
  void whatIsNegotiatedIsTheRoutes() {
    set("hops[0].compression", "true", GIVEN);
    set("hops[1].ciphers", "aes256-ctr", GIVEN);
    set("hops[1].compression", "false", DEFAULT);
    assertThat(rig.run("ssh-config", "db")).isZero();
    assertThat(rig.output()).contains("\n  Ciphers aes256-ctr\n").doesNotContain("Compression");
  }

  @Test
  void theLastHopIsCompressedAsInTheRoute() {
    set("hops[1].compression", "true", GIVEN);
    assertThat(rig.run("ssh-config", "db")).isZero();
    assertThat(rig.output()).contains("\n  Compression yes\n");
  }

  @Test
  void keysThatAreTriedAnywayAreLeftToSsh() {
    set("hops[1].auth[1].identities[0]", "/home/a/.ssh/id_rsa", DEFAULT);
    assertThat(rig.run("ssh-config", "db")).isZero();
    assertThat(rig.output()).doesNotContain("Identity");
  }

  @Test
  void hostsBehindTheLastHopGoThroughAllOfThem() {
    assertThat(rig.run("ssh-config", "--batch", "--behind", "*.internal !db.internal", "db"))
        .isZero();
    assertThat(rig.output())
        .isEqualTo(
            """
            Host *.internal !db.internal
              ProxyCommand /nowhere/bin/postern forward -F '/nowhere/folder/my postern.conf' --batch -W '[%h]:%p' db
            """);
  }

  @Test
  void reportsInJson() {
    assertThat(rig.run("ssh-config", "--json", "--plugins", "mine", "--behind", "*.x", "db"))
        .isZero();
    assertThat(rig.output())
        .isEqualTo(
            "{\"ok\":true,\"stanza\":\"Host *.x\\n  ProxyCommand /nowhere/bin/postern forward -F '/nowhere/folder/my postern.conf' --plugins /nowhere/folder/mine -W '[%h]:%p' db\\n\"}\n");
  }

  @Test
  void aDistributionNamesItself() {
    Path folder = Path.of("/opt/acme");
    rig.distribution =
        new Distribution("acme-ssh", "2.1", Optional.of(folder), Optional.of("/usr/bin/acme-ssh"));
    assertThat(rig.run("ssh-config", "--behind", "x", "db")).isZero();
    assertThat(rig.output()).contains("  ProxyCommand /usr/bin/acme-ssh forward -F ");
  }

  @Test
  void aRouteOfOneHopHasNothingBeforeIt() {
    rig.settings.removeIf(setting -> setting.path().startsWith("hops[1]"));
    assertThat(refusal("ssh-config", "db"))
        .isEqualTo(
            "postern: command line: the route has one hop, which ssh reaches by itself; for hosts behind it, add --behind '*.internal' [PST-C009]\n");
    assertThat(rig.run("ssh-config", "--behind", "*.internal", "db")).isZero();
  }

  @Test
  void aLastHopBehindAProxyCannotBeToldToSsh() {
    set("hops[1].transport.type", "socks5", GIVEN);
    assertThat(refusal("ssh-config", "db"))
        .isEqualTo(
            "postern: command line: the last hop is reached by 'socks5', which ssh cannot be told; for hosts behind it, add --behind '*.internal' [PST-C009]\n");
  }

  @Test
  void nothingIsLeftOutThatRefusesKeys() {
    set("hops[1].revoked-host-keys[0]", "/etc/revoked", GIVEN);
    set("hops[1].revoked-host-keys[1]", "/etc/more", GIVEN);
    assertThat(refusal("ssh-config", "db"))
        .isEqualTo(
            "postern: command line: the last hop has 2 files of revoked-host-keys, and ssh takes one; put them together [PST-C009]\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "user | a%b | \"a%b\" cannot be written as User: it has %, which not every version of ssh takes as it is",
        "known-hosts[0] | /${x} | \"/${x}\" cannot be written as UserKnownHostsFile: it has ${, which ssh takes for a variable of the environment",
      })
  void whatSshWouldExpandIsRefused(String key, String value, String sentence) {
    set("hops[1]." + key, value, GIVEN);
    assertThat(refusal("ssh-config", "db"))
        .isEqualTo("postern: command line: " + sentence + " [PST-C009]\n");
  }

  @Test
  void aNameThatIsAPatternIsRefused() {
    rig.names.add("db*");
    assertThat(refusal("ssh-config", "db*"))
        .isEqualTo(
            "postern: command line: the name of the route cannot be that of a Host of ssh; give it one of letters, digits, '.', '_' and '-' [PST-C009]\n");
    assertThat(rig.run("ssh-config", "--behind", "a\nHost b", "db")).isEqualTo(2);
    assertThat(rig.error())
        .endsWith(
            "postern: command line: --behind takes patterns of hosts, such as '*.internal !db.internal' [PST-C009]\n");
  }

  @Test
  void whatIsNoRouteIsLeftToSsh() {
    assertThat(refusal("ssh-config", "app@db.internal"))
        .isEqualTo(
            "postern: command line: 'app@db.internal' is no route of the configuration; for another destination, ssh has -J of its own [PST-C009]\n");
  }
}
