package dev.postern.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.postern.Postern;
import dev.postern.circuit.Circuit;
import dev.postern.circuit.CircuitException;
import dev.postern.problem.Code;
import dev.postern.testkit.FakePerson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Keys of every kind, from files and from ssh-agent, at a real server. */
@NeedsRealServers
@TestInstance(Lifecycle.PER_CLASS)
final class KeysTest {
  private final Account account = Account.create();
  @TempDir private Path folder;
  private Process agent;
  private Path socket;

  @AfterAll
  void removeAccount() {
    account.close();
  }

  @BeforeEach
  void startAgent() throws IOException {
    socket = Files.createTempDirectory(folder, "agent").resolve("s");
    agent = new ProcessBuilder("ssh-agent", "-D", "-a", socket.toString()).start();
    // It says where it listens once it does.
    assertThat(agent.inputReader().readLine()).contains(socket.toString());
  }

  @AfterEach
  void stopAgent() throws Exception {
    agent.destroy();
    assertThat(agent.waitFor(10, TimeUnit.SECONDS)).isTrue();
  }

  @ParameterizedTest(name = "{0} {1} as {2}")
  @CsvSource({
    "ed25519, 256, RFC4716",
    "ecdsa, 256, PEM",
    "ecdsa, 384, PKCS8",
    "ecdsa, 521, RFC4716",
    "rsa, 2048, PEM",
    "rsa, 3072, PKCS8",
    "rsa, 4096, RFC4716"
  })
  void fromAnEncryptedFile(String type, String bits, String format) throws Exception {
    Path key =
        Keys.generateWithPassphrase(
            folder, type, "open sesame", "-b", bits, "-m", format, "-a", "1");
    account.authorize(Keys.publicLine(key));
    try (RealSshd server = RealSshd.in(folder).option("MaxAuthTries", "1").start()) {
      passes(server, "passphrase = \"open sesame\", agent = false, " + identities(key));
    }
  }

  @Test
  void rsaWhereTheServerTakesTheSmallerSignatureOnly() throws Exception {
    Path key = Keys.generate(folder, "rsa");
    account.authorize(Keys.publicLine(key));
    try (RealSshd server =
        RealSshd.in(folder).option("PubkeyAcceptedAlgorithms", "rsa-sha2-256").start()) {
      passes(server, "agent = false, " + identities(key));
    }
  }

  @Test
  void aCertificateOfTheAgent() throws Exception {
    Path authority = Keys.generate(folder, "ed25519");
    Path key = Keys.generate(folder, "rsa");
    Keys.signUser(authority, key, account.name());
    add(key);
    try (RealSshd server =
        RealSshd.in(folder).option("TrustedUserCAKeys", authority + ".pub").start()) {
      passes(server, "agent = \"%s\"".formatted(socket));
    }
  }

  @Test
  void manyKeysOfTheAgentAtAServerOfFewTries() throws Exception {
    Path right = account.authorizeNewKey(folder);
    for (int i = 0; i < 4; i++) {
      add(Keys.generate(folder, i % 2 == 0 ? "rsa" : "ecdsa"));
    }
    add(right);
    Files.delete(right);
    try (RealSshd server = RealSshd.in(folder).option("MaxAuthTries", "2").start()) {
      CircuitException failure = fails(server, "agent = \"%s\"".formatted(socket));
      assertThat(failure.code()).isEqualTo(Code.CLOSED_IN_HANDSHAKE);
      assertThat(failure)
          .hasMessageContaining("the server closed the connection and said: ")
          .hasMessageContaining(
              "Too many authentication failures (waiting for the verdict on publickey ")
          .hasMessageEndingWith(
              "; offer it fewer keys: name the right one in identities, with identities-only = true [PST-T005]");
      passes(
          server,
          "agent = \"%s\", identities-only = true, %s"
              .formatted(socket, identities(Path.of(right + ".pub"))));
    }
  }

  @Test
  void aLockedAgentHasNoKey() throws Exception {
    Path key = account.authorizeNewKey(folder);
    add(key);
    Path askpass = Files.writeString(folder.resolve("askpass"), "#!/bin/sh\necho secret\n");
    Files.setPosixFilePermissions(askpass, PosixFilePermissions.fromString("rwx------"));
    Commands.run(
        "env",
        "SSH_AUTH_SOCK=" + socket,
        "SSH_ASKPASS=" + askpass,
        "SSH_ASKPASS_REQUIRE=force",
        "ssh-add",
        "-x");
    try (RealSshd server = RealSshd.in(folder).start()) {
      CircuitException failure = fails(server, "agent = \"%s\"".formatted(socket));
      assertThat(failure.code()).isEqualTo(Code.AUTH_DENIED);
      assertThat(failure).hasMessageContaining("tried: publickey has no key to offer");
    }
  }

  @Test
  void aKeyWhoseUseThePersonDeclinesIsFollowedByTheNext() throws Exception {
    Path declined = account.authorizeNewKey(folder);
    Path file = account.authorizeNewKey(folder);
    // Nobody can be asked to confirm it.
    Commands.run("env", "SSH_AUTH_SOCK=" + socket, "ssh-add", "-q", "-c", declined.toString());
    try (RealSshd server = RealSshd.in(folder).start();
        Postern postern =
            Postern.load(
                route(server, "agent = \"%s\", %s".formatted(socket, identities(declined, file))));
        Circuit circuit = postern.open("it")) {
      assertThat(circuit.trail().toString()).contains("could not sign: the agent '");
    }
  }

  @Test
  void aKeyNamedTwiceIsOfferedOnce() throws Exception {
    Path stranger = Keys.generate(folder, "ed25519");
    Path copy =
        Files.copy(
            stranger,
            folder.resolve("copy-" + stranger.getFileName()),
            StandardCopyOption.COPY_ATTRIBUTES);
    try (RealSshd server = RealSshd.in(folder).start()) {
      fails(server, "agent = false, " + identities(stranger, copy));
      assertThat(server.logWith("Failed publickey")).containsOnlyOnce("Failed publickey");
    }
  }

  @Test
  void aPassphraseIsAskedOnceOverHopsAndCircuits() throws Exception {
    Path key = Keys.generateWithPassphrase(folder, "ed25519", "open sesame", "-a", "1");
    account.authorize(Keys.publicLine(key));
    FakePerson person = new FakePerson("open sesame");
    String auth = "[ { type = publickey, agent = false, %s } ]".formatted(identities(key));
    try (RealSshd outer = RealSshd.in(folder).start();
        RealSshd inner = RealSshd.in(folder).start();
        Postern postern =
            Postern.builder()
                .configuration(
                    new RouteFile(folder)
                        .hop(outer, account.name(), auth)
                        .hop(inner, account.name(), auth)
                        .write())
                .person(person)
                .environment(Map.of())
                .build()) {
      postern.open("it").close();
      postern.open("it").close();
      assertThat(person.heard())
          .containsExactly("hidden: Enter passphrase for key '%s': ".formatted(key));
    }
  }

  private void add(Path key) {
    Commands.run("env", "SSH_AUTH_SOCK=" + socket, "ssh-add", "-q", key.toString());
  }

  private static String identities(Path... files) {
    return "identities = [\"%s\"]"
        .formatted(String.join("\", \"", List.of(files).stream().map(Path::toString).toList()));
  }

  private Path route(RealSshd server, String settings) {
    return new RouteFile(folder)
        .hop(server, account.name(), "[ { type = publickey, %s } ]".formatted(settings))
        .write();
  }

  private CircuitException fails(RealSshd server, String settings) {
    try (Postern postern = Postern.load(route(server, settings))) {
      CircuitException failure =
          catchThrowableOfType(CircuitException.class, () -> postern.open("it").close());
      assertThat(failure).isNotNull();
      return failure;
    }
  }

  private void passes(RealSshd server, String settings) throws Exception {
    try (Postern postern = Postern.load(route(server, settings));
        Circuit circuit = postern.open("it")) {
      assertThat(RemoteCommand.run(circuit, "id -un").output()).isEqualTo(account.name() + "\n");
    }
  }
}
