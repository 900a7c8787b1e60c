package dev.postern.integration;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The real {@code ssh}, {@code git} and {@code rsync} through {@code forward -W}. */
@NeedsRealServers
@Timeout(180)
@TestInstance(Lifecycle.PER_CLASS)
final class ProxyCommandTest {
  private final Account account = Account.create();
  @TempDir private Path folder;
  private RealSshd bastion;
  private RealSshd inner;
  private String ssh;

  @BeforeEach
  void start() {
    bastion = RealSshd.in(folder).start();
    inner = RealSshd.in(folder).start();
    Path key = account.authorizeNewKey(folder);
    Path configuration =
        new RouteFile(folder)
            .hop(
                bastion,
                account.name(),
                "[ { type = publickey, identities = [\"%s\"], agent = false } ]".formatted(key))
            .knownHosts(inner.knownHostsLine("127.0.0.1"))
            .write();
    Path launcher = Path.of("..", "postern").toAbsolutePath().normalize();
    ssh =
        "ssh -F none -i %s -o UserKnownHostsFile=%s -o StrictHostKeyChecking=yes -o ProxyCommand='%s forward -F %s -W %%h:%%p it' -p %d"
            .formatted(key, folder.resolve("known_hosts"), launcher, configuration, inner.port());
  }

  @AfterEach
  void stop() {
    inner.close();
    bastion.close();
  }

  @AfterAll
  void removeAccount() {
    account.close();
  }

  private String shell(String command) {
    return Commands.run("sh", "-c", command);
  }

  @Test
  void sshRunsACommandAndSaysNothingElse() {
    assertThat(
            shell("echo words | %s %s@127.0.0.1 'cat; exit 0' 2>&1".formatted(ssh, account.name())))
        .isEqualTo("words\n");
  }

  @Test
  void gitClones() throws Exception {
    Path there = account.home().resolve("repository");
    shell(
        "git init -q %s && cd %s && head -c 2000000 /dev/urandom >file && git add file && git -c user.name=x -c user.email=x@example.com commit -qm one && chown -R %s ."
            .formatted(there, there, account.name()));
    Path here = folder.resolve("clone");
    shell(
        "GIT_SSH_COMMAND=\"%s\" git clone -q ssh://%s@127.0.0.1%s %s"
            .formatted(ssh, account.name(), there, here));
    assertThat(here.resolve("file")).hasSameBinaryContentAs(there.resolve("file"));
  }

  @Test
  void rsyncCopies() throws Exception {
    byte[] data = new byte[5_000_000];
    new Random(3).nextBytes(data);
    Path here = folder.resolve("data");
    Files.write(here, data);
    shell("rsync -e \"%s\" %s %s@127.0.0.1:copied".formatted(ssh, here, account.name()));
    assertThat(account.home().resolve("copied")).hasBinaryContent(data);
  }
}
