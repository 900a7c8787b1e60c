package dev.postern.integration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.integration.PosternCommand.Result;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/** The packaged command, through two real servers. */
@NeedsRealServers
@TestInstance(Lifecycle.PER_CLASS)
final class CommandLineTest {
  private final Account account = Account.create();
  private Path folder;
  private RealSshd first;
  private RealSshd second;
  private Path key;
  private Path configuration;
  private PosternCommand postern;

  @BeforeAll
  void startServers(@TempDir Path temporary) {
    folder = temporary;
    key = account.authorizeNewKey(folder);
    first = RealSshd.in(folder).start();
    second = RealSshd.in(folder).hostKeyType("ecdsa").start();
    String auth = "[ { type = publickey, identities = [\"%s\"] } ]".formatted(key);
    configuration =
        new RouteFile(folder)
            .hop(first, account.name(), auth)
            .hop(second, account.name(), auth)
            .write();
    postern = new PosternCommand(folder, Map.of());
  }

  @AfterAll
  void stopServers() {
    first.close();
    second.close();
    account.close();
  }

  @Test
  void outputAndExitCodeAreTheRemoteCommands() throws Exception {
    Result result = postern.run("exec", "it", "--", "echo out; echo err >&2; exit 44");
    assertThat(result.output()).isEqualTo("out\n");
    assertThat(result.error()).isEqualTo("err\n");
    assertThat(result.exitCode()).isEqualTo(44);
  }

  @Test
  void everyByteGoesThroughUnchanged() throws Exception {
    byte[] all = new byte[1 << 20];
    for (int i = 0; i < all.length; i++) {
      all[i] = (byte) (i ^ (i >> 8));
    }
    Result result = postern.run(all, "exec", "it", "--", "cat");
    assertThat(result.bytes()).isEqualTo(all);
    assertThat(result.error()).isEmpty();
    assertThat(result.exitCode()).isZero();
  }

  @Test
  void aRemoteSignalIsReported() throws Exception {
    Result result = postern.run("exec", "it", "--", "kill -TERM $$");
    assertThat(result.error()).contains("remote process killed by signal TERM");
    assertThat(result.exitCode()).isEqualTo(255);
  }

  @Test
  void anAdHocRouteNeedsNoFile() throws Exception {
    Result result =
        postern.run(
            "exec",
            "--batch",
            "-i",
            key.toString(),
            "-o",
            "UserKnownHostsFile=" + folder.resolve("known_hosts"),
            "-J",
            account.name() + "@127.0.0.1:" + first.port(),
            account.name() + "@127.0.0.1:" + second.port(),
            "--",
            "id",
            "-un");
    assertThat(result.error()).isEmpty();
    assertThat(result.output()).isEqualTo(account.name() + "\n");
    assertThat(result.exitCode()).isZero();
  }

  @Test
  void theTrailIsPrintedOnRequest() throws Exception {
    Result result = postern.run("exec", "-v", "it", "--", "true");
    assertThat(result.output()).isEmpty();
    assertThat(result.error())
        .contains("hop 1/2 " + account.name() + "@127.0.0.1 host-key: ")
        .contains("hop 2/2 " + account.name() + "@127.0.0.1 auth: ");
  }

  @Test
  void anUnknownRouteNamesTheOnesThereAre() throws Exception {
    Result result = postern.run("exec", "iit", "--", "true");
    assertThat(result.exitCode()).isEqualTo(255);
    assertThat(result.error()).contains("PST-C005").contains("'it'");
    assertThat(result.output()).isEmpty();
  }

  @Test
  void aChangedHostKeyAtTheSecondHopStopsThere() throws Exception {
    Path other = Keys.generate(folder, "ecdsa");
    String[] line = Keys.publicLine(other).split(" ");
    Path knownHosts = folder.resolve("changed_hosts");
    Files.writeString(
        knownHosts,
        first.knownHostsLine("127.0.0.1")
            + "[127.0.0.1]:"
            + second.port()
            + " "
            + line[0]
            + " "
            + line[1]
            + "\n");
    Path changed = folder.resolve("changed.conf");
    Files.writeString(
        changed,
        Files.readString(configuration)
            .replace(folder.resolve("known_hosts").toString(), knownHosts.toString()));
    Result result = postern.run("exec", "--config", changed.toString(), "it", "--", "true");
    assertThat(result.exitCode()).isEqualTo(255);
    assertThat(result.error())
        .contains("hop 2/2 " + account.name() + "@127.0.0.1 host-key: ")
        .contains("REMOTE HOST IDENTIFICATION HAS CHANGED!")
        .contains(knownHosts + ":2")
        .contains("PST-H002");
  }

  @Test
  void aFailureInJsonHasHopPhaseAndCode() throws Exception {
    Result result =
        postern.run(
            "exec",
            "--json",
            "--batch",
            "-o",
            "UserKnownHostsFile=/dev/null",
            account.name() + "@127.0.0.1:" + first.port(),
            "--",
            "true");
    assertThat(result.exitCode()).isEqualTo(255);
    assertThat(result.error())
        .contains("\"code\":\"PST-H001\"")
        .contains("\"phase\":\"host-key\"")
        .contains("\"index\":1");
  }

  @Test
  void checkAndExplainConnectToNothing() throws Exception {
    Result check = postern.run("check", configuration.toString());
    assertThat(check.exitCode()).as(check.error()).isZero();
    Result explain = postern.run("explain", "it");
    assertThat(explain.output()).contains("hops[0].host").contains("postern.conf:");
    assertThat(explain.exitCode()).isZero();
  }

  @Test
  void theDemoShowsTheMainJob() throws Exception {
    Result result = postern.run("demo");
    assertThat(result.error()).isEmpty();
    assertThat(result.exitCode()).isZero();
    assertThat(result.output()).contains("routes").contains("hop 2/2");
  }
}
