package dev.postern.integration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.Postern;
import dev.postern.circuit.Circuit;
import dev.postern.circuit.CircuitException;
import dev.postern.problem.Code;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import org.assertj.core.api.Assertions;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/** What PAM modules ask, and in which order, passed by plan alone. */
@NeedsRealServers
@TestInstance(Lifecycle.PER_CLASS)
final class PromptsOfPamTest {
  private static final String ACCOUNT = "account required pam_unix.so";
  private static final String SESSION = "session optional pam_permit.so";
  private static final String UNIX = "auth requisite pam_unix.so";
  private static final String GOOGLE = "auth required pam_google_authenticator.so";

  private final Account account = Account.create();
  @TempDir private Path folder;

  @AfterAll
  void removeAccount() {
    account.close();
  }

  @Test
  void theCodeBeforeThePassword() throws Exception {
    String seed = account.requireCodes();
    try (RealSshd server =
        conversation("auth requisite pam_google_authenticator.so", "auth required pam_unix.so")) {
      passes(server, plan(password(), totp(seed)));
      assertThat(server.log()).doesNotContain("Failed ");
    }
  }

  @Test
  void codeAndPasswordInEitherOrderOfThePlan() throws Exception {
    String seed = account.requireCodes();
    try (RealSshd server = conversation(UNIX, GOOGLE)) {
      passes(server, plan(totp(seed), password()));
    }
  }

  @Test
  void aMessageBeforeTheQuestion() throws Exception {
    Path text =
        Files.writeString(
            folder.resolve("issue"),
            "Authorised users only.\n\tYour password and your verification code are needed.\n"
                + "Trouble? e-mail noc@example.com\n");
    Files.setPosixFilePermissions(text, PosixFilePermissions.fromString("rw-r--r--"));
    String seed = account.requireCodes();
    try (RealSshd server = conversation("auth optional pam_echo.so file=" + text, UNIX, GOOGLE)) {
      passes(server, plan(password(), totp(seed)));
    }
  }

  @Test
  void passwordAndCodeInOneAnswer() throws Exception {
    String seed = account.requireCodes();
    String joined =
        "{ type = password, password = { join = [\"%s\", { totp = { secret = \"%s\" } }] }, ask = \"Password & verification code\" }"
            .formatted(account.password(), seed);
    try (RealSshd server =
        conversation(
            "auth requisite pam_google_authenticator.so forward_pass",
            "auth required pam_unix.so use_first_pass")) {
      passes(server, plan(joined));
    }
  }

  @Test
  void aPromptOfItsOwn() throws Exception {
    String seed = account.requireCodes();
    try (RealSshd server =
        conversation(
            UNIX,
            "auth required pam_google_authenticator.so [authtok_prompt=Enter your token: ]")) {
      passes(server, plan(password(), totp(seed)));
    }
  }

  @Test
  void oathWithEightDigits() throws Exception {
    String seed = Totp.newSeed();
    try (RealSshd server = oath(seed, "HOTP/T30/8", "digits=8")) {
      passes(
          server, plan(password(), "{ type = totp, secret = \"%s\", digits = 8 }".formatted(seed)));
    }
  }

  @Test
  void oathWithAMinutesPeriod() throws Exception {
    String seed = Totp.newSeed();
    try (RealSshd server = oath(seed, "HOTP/T60/6", "digits=6")) {
      passes(
          server,
          plan(password(), "{ type = totp, secret = \"%s\", period = 60s }".formatted(seed)));
    }
  }

  @Test
  void aCodeThatWasUsedElsewhereIsFollowedByTheNext() throws Exception {
    int period = 10;
    String seed = account.requireCodes("STEP_SIZE " + period);
    try (RealSshd server = conversation(UNIX, GOOGLE)) {
      long begun = Instant.now().getEpochSecond() / period;
      Awaitility.await("the next code")
          .atMost(Duration.ofSeconds(2L * period))
          .until(() -> Instant.now().getEpochSecond() / period > begun);
      account.requireCodesOf(seed, "STEP_SIZE " + period, "DISALLOW_REUSE " + (begun + 1));
      passes(
          server,
          plan(password(), "{ type = totp, secret = \"%s\", period = 10s }".formatted(seed)));
      assertThat(server.log()).containsOnlyOnce("Failed keyboard-interactive");
    }
  }

  @Test
  void aQuestionThatNoPlanKnowsIsShown() throws Exception {
    String seed = account.requireCodes();
    try (RealSshd server =
        conversation(
            UNIX,
            "auth required pam_google_authenticator.so [authtok_prompt=Favourite colour? ]")) {
      CircuitException failure = fails(server, plan(password(), totp(seed)));
      assertThat(failure.code()).isEqualTo(Code.AUTH_UNKNOWN_PROMPT);
      assertThat(failure)
          .hasMessageContaining(
              "the server asks 'Favourite colour?' (echo off, round 2) and no strategy of the plan recognised it (asked: password, totp)");
      passes(
          server,
          plan(
              password(),
              "{ type = mfa-scripted, rules = [ { ask = \"colour?\", answer = { totp = { secret = \"%s\" } } } ] }"
                  .formatted(seed)));
    }
  }

  @Test
  void anExpiredPasswordWithoutANewOneIsSaidSo() throws Exception {
    try (Account expired = Account.create().expirePassword();
        RealSshd server =
            RealSshd.in(folder)
                .pam(Pam.PASSWORD)
                .option("AuthenticationMethods", "keyboard-interactive")
                .start()) {
      String auth = plan("{ type = password, password = \"%s\" }".formatted(expired.password()));
      try (Postern postern =
          Postern.load(new RouteFile(folder).hop(server, expired.name(), auth).write())) {
        Assertions.assertThatThrownBy(() -> postern.open("it"))
            .isInstanceOf(CircuitException.class)
            .hasMessageContaining("New password:")
            .hasMessageContaining("the password expired, and new-password is not set");
      }
    }
  }

  private RealSshd oath(String seed, String kind, String options) throws Exception {
    Path users = folder.resolve("oath-" + seed);
    Files.writeString(users, kind + "\t" + account.name() + "\t-\t" + Totp.hex(seed) + "\n");
    Files.setPosixFilePermissions(users, PosixFilePermissions.fromString("rw-------"));
    return conversation(
        UNIX, "auth required pam_oath.so usersfile=%s window=3 %s".formatted(users, options));
  }

  private RealSshd conversation(String... stack) {
    String[] lines = Arrays.copyOf(stack, stack.length + 2);
    lines[stack.length] = ACCOUNT;
    lines[stack.length + 1] = SESSION;
    // As a distribution has it: the method password is on offer too.
    return RealSshd.in(folder)
        .pam(lines)
        .option("PasswordAuthentication", "yes")
        .option("KbdInteractiveAuthentication", "yes")
        .start();
  }

  private String password() {
    return "{ type = password, password = \"%s\" }".formatted(account.password());
  }

  private static String totp(String seed) {
    return "{ type = totp, secret = \"%s\" }".formatted(seed);
  }

  private static String plan(String... strategies) {
    return "[ " + String.join(", ", strategies) + " ]";
  }

  private CircuitException fails(RealSshd server, String auth) throws Exception {
    try (Postern postern =
        Postern.load(new RouteFile(folder).hop(server, account.name(), auth).write())) {
      return Assertions.catchThrowableOfType(
          CircuitException.class, () -> postern.open("it").close());
    }
  }

  private void passes(RealSshd server, String auth) throws Exception {
    Path file = new RouteFile(folder).hop(server, account.name(), auth).write();
    try (Postern postern = Postern.load(file);
        Circuit circuit = postern.open("it")) {
      assertThat(RemoteCommand.run(circuit, "id -un"))
          .isEqualTo(new RemoteCommand(0, account.name() + "\n", ""));
    }
  }
}
