package dev.postern.integration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.Postern;
import dev.postern.circuit.Circuit;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is remembered of servers, from one process to the next. */
@NeedsRealServers
final class KnownServersTest {
  private static final String CURVE = "curve25519-sha256";

  private final Account account = Account.create();
  private final List<Process> servers = new ArrayList<>();
  @TempDir private Path folder;
  private Path key;

  @BeforeEach
  void authorize() {
    key = account.authorizeNewKey(folder);
  }

  @AfterEach
  void removeAccount() throws InterruptedException {
    for (Process server : servers) {
      server.descendants().forEach(ProcessHandle::destroyForcibly);
      server.destroyForcibly().waitFor();
    }
    account.close();
  }

  @Test
  void theSecondProcessGuessesAtBothHopsAndOpensThemEarly() throws Exception {
    try (RealSshd one = sshd(CURVE);
        RealSshd two = sshd(CURVE)) {
      Path file =
          new RouteFile(folder)
              .hop(one, account.name(), withKey())
              .hop(two, account.name(), withKey())
              .write();

      assertThat(exchanges(file)).noneMatch(line -> line.contains("guessed")).hasSize(2);
      assertThat(exchanges(file)).allMatch(line -> line.contains(CURVE + " (guessed)")).hasSize(2);

      Path memory = folder.resolve("known_hosts.postern");
      assertThat(Files.getPosixFilePermissions(memory))
          .isEqualTo(PosixFilePermissions.fromString("rw-------"));
      assertThat(Files.readAllLines(memory))
          .hasSize(3)
          .noneMatch(line -> line.contains("127.0.0.1") || line.contains(account.name()))
          .filteredOn(line -> line.endsWith(" " + CURVE + " ssh-ed25519 publickey alone"))
          .hasSize(2);
      // The tunnel of the second hop came behind the request that let us in.
      assertThat(one.log()).doesNotContain("dispatch_protocol_error");
    }
  }

  @Test
  void aPostQuantumExchangeIsGuessedToo() throws Exception {
    try (RealSshd server = RealSshd.in(folder).start()) {
      Path file = new RouteFile(folder).hop(server, account.name(), withKey()).write();

      assertThat(exchanges(file)).hasSize(1).noneMatch(line -> line.contains("guessed"));
      assertThat(exchanges(file))
          .hasSize(1)
          .allMatch(line -> line.matches(".*; (sntrup761|mlkem768)x25519-\\S+ \\(guessed\\), .*"));
    }
  }

  @Test
  void aServerThatChangedItsExchangesIsServedAndRememberedAnew() throws Exception {
    RealSshd before = sshd(CURVE);
    Path file =
        new RouteFile(folder)
            .hop(before, account.name(), withKey())
            .set("kex = \"curve25519-sha256,ecdh-sha2-nistp256\"")
            .write();
    assertThat(exchanges(file)).hasSize(1);
    before.close();
    try (RealSshd after =
        RealSshd.in(folder)
            .inPlaceOf(before, true)
            .option("KexAlgorithms", "ecdh-sha2-nistp256")
            .start()) {
      assertThat(exchanges(file)).allMatch(line -> line.contains("; ecdh-sha2-nistp256, "));
      assertThat(exchanges(file)).allMatch(line -> line.contains("ecdh-sha2-nistp256 (guessed)"));
      assertThat(after.log()).doesNotContain("error:");
    }
  }

  @Test
  void nothingIsRememberedWhereThatIsNotWanted() throws Exception {
    try (RealSshd server = sshd(CURVE)) {
      Path file =
          new RouteFile(folder)
              .hop(server, account.name(), withKey())
              .set("handshake-memory = false")
              .write();

      assertThat(exchanges(file)).noneMatch(line -> line.contains("guessed")).hasSize(1);
      assertThat(exchanges(file)).noneMatch(line -> line.contains("guessed")).hasSize(1);
      assertThat(folder.resolve("known_hosts.postern")).doesNotExist();
    }
  }

  @Test
  void aPasswordThatWasTakenGoesWithTheFirstRequest() throws Exception {
    try (RealSshd server =
        RealSshd.in(folder)
            .option("PasswordAuthentication", "yes")
            .option("KbdInteractiveAuthentication", "no")
            .start()) {
      Path file =
          new RouteFile(folder)
              .hop(
                  server,
                  account.name(),
                  "[ { type = password, password = \"%s\" } ]".formatted(account.password()))
              .write();

      assertThat(trail(file)).anyMatch(line -> line.contains("the server offers "));
      assertThat(trail(file))
          .noneMatch(line -> line.contains("the server offers "))
          .anyMatch(line -> line.contains("password by password accepted; signed in"));
    }
  }

  /** A second factor is wanted now: the password is not enough, and nothing is lost. */
  @Test
  void aServerThatWantsMoreThanTheLastTimeGetsIt() throws Exception {
    RealSshd before = RealSshd.in(folder).option("PasswordAuthentication", "yes").start();
    Path file =
        new RouteFile(folder)
            .hop(
                before,
                account.name(),
                "[ { type = password, password = \"%s\" }, %s"
                    .formatted(account.password(), withKey().substring(1)))
            .write();
    assertThat(trail(file)).anyMatch(line -> line.contains("signed in"));
    assertThat(trail(file)).noneMatch(line -> line.contains("the server offers "));
    before.close();
    try (RealSshd after =
        RealSshd.in(folder)
            .inPlaceOf(before, true)
            .option("PasswordAuthentication", "yes")
            .option("AuthenticationMethods", "password,publickey")
            .start()) {
      assertThat(trail(file)).anyMatch(line -> line.contains("publickey ssh-ed25519 "));
      assertThat(after.log()).contains("dispatch_protocol_error: type 90 ");
      assertThat(trail(file)).anyMatch(line -> line.contains("publickey ssh-ed25519 "));
      assertThat(after.log().split("dispatch_protocol_error", -1)).hasSize(2);
    }
  }

  @Test
  void dropbearAndTinysshdAreGuessedAtToo() throws Exception {
    Path hostKey = folder.resolve("dropbear_key");
    String shown = Commands.run("dropbearkey", "-t", "ed25519", "-f", hostKey.toString());
    String dropbearKey =
        shown.lines().filter(line -> line.startsWith("ssh-ed25519 ")).findFirst().orElseThrow();
    int dropbear = freePort();
    start(
        dropbear,
        "dropbear",
        "-F",
        "-E",
        "-r",
        hostKey.toString(),
        "-p",
        "127.0.0.1:" + dropbear,
        "-P",
        folder.resolve("pid").toString());
    // It takes no authorized_keys below a folder that others may write, such as /tmp.
    Commands.run("usermod", "--move-home", "--home", "/home/" + account.name(), account.name());
    Path keys = folder.resolve("tinysshd");
    Commands.run("tinysshd-makekey", "-q", keys.toString());
    String tinyKey = Commands.run("tinysshd-printkey", keys.toString());
    int tinysshd = freePort();
    start(
        tinysshd,
        "socat",
        "TCP4-LISTEN:" + tinysshd + ",bind=127.0.0.1,fork,reuseaddr",
        "EXEC:/usr/sbin/tinysshd " + keys);
    Path file =
        new RouteFile(folder)
            .hop("127.0.0.1", dropbear, account.name(), withKey())
            .hop("127.0.0.1", tinysshd, account.name(), withKey())
            .knownHosts(line(dropbear, dropbearKey) + line(tinysshd, tinyKey))
            .set("kex = \"" + CURVE + "\"")
            .write();

    assertThat(exchanges(file)).noneMatch(line -> line.contains("guessed")).hasSize(2);
    assertThat(exchanges(file)).allMatch(line -> line.contains(CURVE + " (guessed)")).hasSize(2);
  }

  private static String line(int port, String key) {
    String[] words = key.strip().split("\\s+");
    return "[127.0.0.1]:" + port + " " + words[0] + " " + words[1] + "\n";
  }

  private String withKey() {
    return "[ { type = publickey, identities = [\"%s\"], agent = false } ]".formatted(key);
  }

  private RealSshd sshd(String exchange) {
    return RealSshd.in(folder).option("KexAlgorithms", exchange).start();
  }

  private List<String> exchanges(Path file) throws Exception {
    return trail(file).stream().filter(line -> line.contains("SSH-2.0-")).toList();
  }

  /** Of a process that opens the route, runs something and ends. */
  private List<String> trail(Path file) throws Exception {
    try (Postern postern = Postern.load(file);
        Circuit circuit = postern.openToRun("it")) {
      assertThat(RemoteCommand.run(circuit, "id -un"))
          .isEqualTo(new RemoteCommand(0, account.name() + "\n", ""));
      return circuit.trail().entries().stream().map(Object::toString).toList();
    }
  }

  private void start(int port, String... command) throws IOException {
    servers.add(
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve(command[0] + ".log").toFile())
            .start());
    Awaitility.await(command[0]).atMost(Duration.ofSeconds(20)).until(() -> answers(port));
  }

  private static boolean answers(int port) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress("127.0.0.1", port), 1_000);
      return socket.getInputStream().read() == 'S';
    } catch (IOException e) {
      return false;
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
