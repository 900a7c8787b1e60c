package dev.postern.integration;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The real {@code ssh}, {@code git} and {@code rsync} by what {@code ssh-config} prints. */
@NeedsRealServers
@Timeout(180)
final class SshConfigTest {
  @TempDir private Path scratch;
  private Path folder;
  private Account account;
  private RealSshd bastion;
  private RealSshd inner;
  private RealSshd behind;
  private Path configuration;
  private Path stanza;
  private Path key;

  @BeforeEach
  void start() throws Exception {
    // What the shell and ssh would take for something else.
    folder = Files.createDirectory(scratch.resolve("it's 50% \"$HOME\""));
    account = Account.create();
    bastion = RealSshd.in(scratch).start();
    inner = RealSshd.in(scratch).start();
    behind = RealSshd.in(scratch).start();
    key = account.authorizeNewKey(scratch);
    String auth =
        "[ { type = publickey, identities = [\"%s\"], identities-only = true, agent = false } ]"
            .formatted(key);
    RouteFile routes =
        new RouteFile(scratch)
            .hop(bastion, account.name(), auth)
            .hop(inner, account.name(), auth)
            .knownHosts(behind.knownHostsLine("127.0.0.1"));
    configuration = folder.resolve("postern.conf");
    Files.move(routes.write(), configuration);
    stanza = scratch.resolve("stanza");
  }

  @AfterEach
  void stop() {
    behind.close();
    inner.close();
    bastion.close();
    account.close();
  }

  private void writeStanza(String... arguments) throws Exception {
    String[] all = new String[arguments.length + 3];
    all[0] = "ssh-config";
    all[1] = "-F";
    all[2] = configuration.toString();
    System.arraycopy(arguments, 0, all, 3, arguments.length);
    PosternCommand.Result result = new PosternCommand(scratch, Map.of()).run(all);
    assertThat(result.error()).isEmpty();
    assertThat(result.exitCode()).isZero();
    Files.writeString(stanza, result.output());
  }

  private String shell(String command) {
    return Commands.run("sh", "-c", command);
  }

  @Test
  void sshGitAndRsyncReachTheLastHop() throws Exception {
    writeStanza("it");
    String ssh = "ssh -F " + stanza;
    assertThat(shell("echo words | " + ssh + " it 'cat; echo $SSH_CONNECTION' 2>&1"))
        .startsWith("words\n")
        .endsWith(" " + inner.port() + "\n");

    Path there = account.home().resolve("repository");
    shell(
        "git init -q %s && cd %s && head -c 300000 /dev/urandom >file && git add file && git -c user.name=x -c user.email=x@example.com commit -qm one && chown -R %s ."
            .formatted(there, there, account.name()));
    Path here = scratch.resolve("clone");
    shell("GIT_SSH_COMMAND='%s' git clone -q it:repository %s".formatted(ssh, here));
    assertThat(here.resolve("file")).hasSameBinaryContentAs(there.resolve("file"));

    byte[] data = new byte[1_000_000];
    new Random(5).nextBytes(data);
    Path file = scratch.resolve("data");
    Files.write(file, data);
    shell("rsync -e '%s' %s it:copied".formatted(ssh, file));
    assertThat(account.home().resolve("copied")).hasBinaryContent(data);
  }

  @Test
  void theHostKeyOfTheLastHopIsCheckedAsTheRouteHasIt() throws Exception {
    writeStanza("it");
    Files.writeString(scratch.resolve("known_hosts"), bastion.knownHostsLine("127.0.0.1"));
    assertThat(shell("ssh -F " + stanza + " it true 2>&1; echo ended with $?"))
        .contains("Host key verification failed.")
        .endsWith("ended with 255\n");
  }

  @Test
  void sshReachesHostsBehindTheLastHop() throws Exception {
    writeStanza("--behind", "127.*", "it");
    String reached =
        shell(
            "ssh -F %s -o UserKnownHostsFile=%s -i %s -p %d %s@127.0.0.1 'echo $SSH_CONNECTION' 2>&1"
                .formatted(
                    stanza, scratch.resolve("known_hosts"), key, behind.port(), account.name()));
    assertThat(reached).endsWith(" " + behind.port() + "\n");
  }
}
