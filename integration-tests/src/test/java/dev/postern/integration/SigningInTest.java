package dev.postern.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postern.Postern;
import dev.postern.circuit.Circuit;
import dev.postern.circuit.CircuitException;
import dev.postern.circuit.Phase;
import dev.postern.problem.Code;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/** Each kind of server is passed by plan alone. */
@NeedsRealServers
@TestInstance(Lifecycle.PER_CLASS)
final class SigningInTest {
  private static final String PASSWORD = "{ type = password, password = \"%s\" }";
  private static final String KEY = "{ type = publickey, identities = [\"%s\"], agent = false }";
  private static final String CODE = "{ type = totp, secret = \"%s\" }";

  private final Account account = Account.create();
  @TempDir private Path folder;

  @AfterAll
  void removeAccount() {
    account.close();
  }

  @BeforeAll
  void checkAccount() {
    assertThat(account.home()).exists();
  }

  @Test
  void passwordMethod() throws Exception {
    try (RealSshd server =
        RealSshd.in(folder).pam(Pam.PASSWORD).option("AuthenticationMethods", "password").start()) {
      passes(server, "[ " + PASSWORD.formatted(account.password()) + " ]");
    }
  }

  @Test
  void keyboardInteractiveThatAsksForThePassword() throws Exception {
    try (RealSshd server =
        RealSshd.in(folder)
            .pam(Pam.PASSWORD)
            .option("AuthenticationMethods", "keyboard-interactive")
            .start()) {
      passes(server, "[ " + PASSWORD.formatted(account.password()) + " ]");
    }
  }

  @Test
  void key() throws Exception {
    Path key = account.authorizeNewKey(folder);
    try (RealSshd server =
        RealSshd.in(folder).option("AuthenticationMethods", "publickey").start()) {
      passes(server, "[ " + KEY.formatted(key) + " ]");
    }
  }

  @Test
  void passwordAndCodeInOneConversation() throws Exception {
    String seed = account.requireCodes();
    try (RealSshd server =
        RealSshd.in(folder)
            .pam(Pam.PASSWORD_THEN_CODE)
            .option("PasswordAuthentication", "yes")
            .option("KbdInteractiveAuthentication", "yes")
            .start()) {
      passes(
          server,
          "[ " + PASSWORD.formatted(account.password()) + ", " + CODE.formatted(seed) + " ]");
    }
  }

  @Test
  void keyThenCode() throws Exception {
    Path key = account.authorizeNewKey(folder);
    String seed = account.requireCodes();
    try (RealSshd server =
        RealSshd.in(folder)
            .pam(Pam.CODE)
            .option("AuthenticationMethods", "publickey,keyboard-interactive")
            .start()) {
      passes(server, "[ " + KEY.formatted(key) + ", " + CODE.formatted(seed) + " ]");
    }
  }

  @Test
  void passwordThenKey() throws Exception {
    Path key = account.authorizeNewKey(folder);
    try (RealSshd server =
        RealSshd.in(folder)
            .pam(Pam.PASSWORD)
            .option("AuthenticationMethods", "password,publickey")
            .start()) {
      passes(
          server, "[ " + PASSWORD.formatted(account.password()) + ", " + KEY.formatted(key) + " ]");
    }
  }

  @Test
  void threeFactors() throws Exception {
    Path key = account.authorizeNewKey(folder);
    String seed = account.requireCodes();
    try (RealSshd server =
        RealSshd.in(folder)
            .pam(Pam.PASSWORD_THEN_CODE)
            .option("AuthenticationMethods", "publickey,keyboard-interactive")
            .start()) {
      passes(
          server,
          "[ "
              + KEY.formatted(key)
              + ", "
              + PASSWORD.formatted(account.password())
              + ", "
              + CODE.formatted(seed)
              + " ]");
    }
  }

  @Test
  void scriptedRulesWithACodeFromTheSecretSource() throws Exception {
    String seed = account.requireCodes();
    String rules =
        "{ type = mfa-scripted, rules = [ { ask = \"Password:\", answer = \"%s\", echo = off }, { ask = \"Verification code\", answer = { totp = { secret = \"%s\" } } } ] }"
            .formatted(account.password(), seed);
    try (RealSshd server =
        RealSshd.in(folder)
            .pam(Pam.PASSWORD_THEN_CODE)
            .option("AuthenticationMethods", "keyboard-interactive")
            .start()) {
      passes(server, "[ " + rules + " ]");
    }
  }

  @Test
  void userCertificate() throws Exception {
    Path authority = Keys.generate(folder, "ed25519");
    Path key = Keys.generate(folder, "ed25519");
    Keys.signUser(authority, key, account.name());
    try (RealSshd server =
        RealSshd.in(folder)
            .option("TrustedUserCAKeys", authority + ".pub")
            .option("AuthenticationMethods", "publickey")
            .start()) {
      passes(server, "[ " + KEY.formatted(key) + " ]");
    }
  }

  @Test
  void rightKeyAmongFewTriesIsFound() throws Exception {
    Path wrong = Keys.generate(folder, "ed25519");
    Path right = account.authorizeNewKey(folder);
    try (RealSshd server = RealSshd.in(folder).option("MaxAuthTries", "2").start()) {
      passes(
          server,
          "[ { type = publickey, identities = [\"%s\", \"%s\"], agent = false } ]"
              .formatted(wrong, right));
    }
  }

  @Test
  void expiredPasswordIsChangedInTheConversation() throws Exception {
    try (Account expired = Account.create().expirePassword();
        RealSshd server =
            RealSshd.in(folder)
                .pam(Pam.PASSWORD)
                .option("AuthenticationMethods", "keyboard-interactive")
                .start()) {
      String auth =
          "[ { type = password, password = \"%s\", new-password = \"Fresh-42-%s\" } ]"
              .formatted(expired.password(), expired.name());
      try (Postern postern =
              Postern.load(new RouteFile(folder).hop(server, expired.name(), auth).write());
          Circuit circuit = postern.open("it")) {
        assertThat(RemoteCommand.run(circuit, "id -un").output()).isEqualTo(expired.name() + "\n");
      }
      String newAuth =
          "[ { type = password, password = \"Fresh-42-%s\" } ]".formatted(expired.name());
      try (Postern postern =
              Postern.load(new RouteFile(folder).hop(server, expired.name(), newAuth).write());
          Circuit circuit = postern.open("it")) {
        assertThat(circuit.isOpen()).isTrue();
      }
    }
  }

  @Test
  void wrongPasswordIsSentOnceAndSaidSo() throws Exception {
    try (RealSshd server = RealSshd.in(folder).pam(Pam.PASSWORD).start()) {
      Path file =
          new RouteFile(folder)
              .hop(server, account.name(), "[ { type = password, password = wrong } ]")
              .write();
      try (Postern postern = Postern.load(file)) {
        assertThatThrownBy(() -> postern.open("it"))
            .isInstanceOfSatisfying(
                CircuitException.class,
                failure -> {
                  assertThat(failure.code()).isEqualTo(Code.AUTH_DENIED);
                  assertThat(failure.phase()).isEqualTo(Phase.AUTH);
                  assertThat(failure)
                      .hasMessageStartingWith("hop 1/1 " + account.name() + "@127.0.0.1 auth: ");
                  assertThat(failure).hasMessageContaining("Permission denied");
                });
      }
      assertThat(server.logWith("Failed password")).containsOnlyOnce("Failed password");
    }
  }

  private void passes(RealSshd server, String auth) throws Exception {
    Path file = new RouteFile(folder).hop(server, account.name(), auth).write();
    try (Postern postern = Postern.load(file);
        Circuit circuit = postern.open("it")) {
      RemoteCommand command = RemoteCommand.run(circuit, "id -un; echo problem >&2; exit 44");
      assertThat(command).isEqualTo(new RemoteCommand(44, account.name() + "\n", "problem\n"));
    }
  }
}
