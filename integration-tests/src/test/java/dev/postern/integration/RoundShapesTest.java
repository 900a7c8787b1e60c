package dev.postern.integration;

import static dev.postern.testkit.server.ServerRound.Ask.hidden;
import static dev.postern.testkit.server.ServerRound.Ask.shown;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.postern.Postern;
import dev.postern.circuit.Circuit;
import dev.postern.circuit.CircuitException;
import dev.postern.problem.Code;
import dev.postern.testkit.FakePerson;
import dev.postern.testkit.server.EmbeddedServer;
import dev.postern.testkit.server.ServerRound;
import dev.postern.testkit.server.ServerRound.Ask;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Conversations of every shape, passed by plan alone; and those that must not be answered. */
final class RoundShapesTest {
  private static final String PASSWORD = "{ type = password, password = pw }";
  private static final Ask ASK_PASSWORD = hidden("Password: ", "pw");
  private static final Ask ASK_CODE =
      new Ask("Verification code: ", false, answer -> answer.matches("\\d{6}"));
  private static final ServerRound PUSHED =
      new ServerRound("", "Pushed a login request to your device...\r\n", List.of());

  @TempDir private Path folder;

  @Test
  void bothInOneRound() throws Exception {
    passes(PASSWORD + ", " + totp(), ServerRound.of(ASK_PASSWORD, ASK_CODE));
    passes(totp() + ", " + PASSWORD, ServerRound.of(ASK_PASSWORD, ASK_CODE));
  }

  @Test
  void roundsThatOnlyTell() throws Exception {
    passes(
        PASSWORD + ", " + totp(),
        new ServerRound("Bastion", "Welcome", List.of()),
        ServerRound.of(ASK_PASSWORD),
        PUSHED,
        ServerRound.of(ASK_CODE),
        PUSHED);
  }

  @Test
  void theQuestionInTheInstruction() throws Exception {
    passes(
        PASSWORD + ", " + totp(),
        under("Password for alice", hidden("> ", "pw")),
        under("Enter your verification code:", new Ask("", true, answer -> answer.length() == 6)));
  }

  @Test
  void theQuestionInTheName() throws Exception {
    passes(PASSWORD, new ServerRound("Password", "", List.of(hidden(": ", "pw"))));
  }

  @Test
  void lineBreaksAndTabs() throws Exception {
    passes(
        PASSWORD + ", " + totp(),
        new ServerRound(
            "Sign in\r\n", "\tRestricted.\r\n\r\n", List.of(hidden("\r\n\tPassword:\t", "pw"))),
        ServerRound.of(
            new Ask("\r\nVerification code:\r\n", false, answer -> answer.length() == 6)));
  }

  @Test
  void sssdsTwoFactors() throws Exception {
    passes(
        PASSWORD + ", " + totp(),
        ServerRound.of(
            hidden("First Factor: ", "pw"),
            new Ask("Second Factor (optional): ", false, answer -> answer.length() == 6)));
    passes(
        PASSWORD + ", { type = mfa-scripted, rules = [ { ask = \"(optional)\", answer = \"\" } ] }",
        ServerRound.of(hidden("First Factor: ", "pw"), hidden("Second Factor (optional): ", "")));
  }

  @Test
  void aUserNameByARule() throws Exception {
    String rule = "{ type = mfa-scripted, rules = [ { ask = \"Username:\", answer = alice } ] }";
    passes(
        PASSWORD + ", " + rule,
        ServerRound.of(shown("Username: ", "alice")),
        ServerRound.of(ASK_PASSWORD));
    CircuitException failure =
        fails(PASSWORD, ServerRound.of(shown("Username: ", "alice")), ServerRound.of(ASK_PASSWORD));
    assertThat(failure.code()).isEqualTo(Code.AUTH_UNKNOWN_PROMPT);
    assertThat(failure)
        .hasMessageEndingWith(
            "the server asks 'Username:' (echo on, round 1) and no strategy of the plan recognised it (asked: password); nothing was answered. Add a strategy or a rule for it [PST-A002]");
  }

  @Test
  void aMenuAndAPush() throws Exception {
    Ask menu =
        hidden(
            "Duo two-factor login for alice\n\nEnter a passcode or select one of the following options:\n\n 1. Duo Push to XXX-XXX-1234\n 2. Phone call\n 3. SMS passcodes\n\nPasscode or option (1-3): ",
            "1");
    String rule =
        "{ type = mfa-scripted, rules = [ { ask = \"Passcode or option (1-3):\", answer = \"1\" } ] }";
    passes(PASSWORD + ", " + rule, ServerRound.of(ASK_PASSWORD), ServerRound.of(menu), PUSHED);
    assertThat(
            fails(PASSWORD + ", " + totp(), ServerRound.of(ASK_PASSWORD), ServerRound.of(menu))
                .code())
        .isEqualTo(Code.AUTH_UNKNOWN_PROMPT);
  }

  @Test
  void theNextTokencode() throws Exception {
    passes(
        PASSWORD
            + ", { type = mfa-scripted, rules = [ { ask = \"PASSCODE:\", answer = \"111111\" }, { ask = \"new tokencode\", answer = \"222222\" } ] }",
        ServerRound.of(ASK_PASSWORD),
        ServerRound.of(hidden("Enter PASSCODE: ", "111111")),
        ServerRound.of(
            hidden("Wait for the tokencode to change,\nthen enter the new tokencode: ", "222222")));
  }

  @Test
  void aConversationForAKeyThatWasRefused() throws Exception {
    Path stranger = Keys.generate(folder, "ed25519");
    String key = "{ type = publickey, agent = false, identities = [\"%s\"] }".formatted(stranger);
    passes(key + ", " + PASSWORD, ServerRound.of(ASK_PASSWORD));
  }

  @Test
  void thePersonAnswersWhatThePlanCannot() throws Exception {
    FakePerson person = new FakePerson("blue");
    try (EmbeddedServer server =
            server(ServerRound.of(ASK_PASSWORD), ServerRound.of(shown("Colour? ", "blue")));
        Postern postern =
            Postern.builder()
                .configuration(file(server, PASSWORD + ", { type = interactive }"))
                .person(person)
                .build();
        Circuit circuit = postern.open("it")) {
      assertThat(circuit.isOpen()).isTrue();
      assertThat(person.heard()).containsExactly("shown: (alice@127.0.0.1) Colour? ");
    }
  }

  @Test
  void aSecondQuestionForTheSamePasswordIsNotAnswered() throws Exception {
    CircuitException failure =
        fails(PASSWORD, ServerRound.of(ASK_PASSWORD), ServerRound.of(ASK_PASSWORD));
    assertThat(failure.code()).isEqualTo(Code.AUTH_DENIED);
    assertThat(failure)
        .hasMessageContaining(
            "the server asks 'Password:', and every answer that the plan has was refused already");
  }

  @Test
  void somebodyElsesPasswordIsNotAnswered() throws Exception {
    assertThat(fails(PASSWORD, ServerRound.of(hidden("root@db's password: ", "pw"))).code())
        .isEqualTo(Code.AUTH_UNKNOWN_PROMPT);
  }

  @Test
  void aPasswordThatWouldBeSeenIsNotAnswered() throws Exception {
    assertThat(fails(PASSWORD, ServerRound.of(shown("Password: ", "pw"))).code())
        .isEqualTo(Code.AUTH_UNKNOWN_PROMPT);
  }

  /** Of a new account each time: a code is used once, so that the next circuit would wait. */
  private static String totp() {
    return "{ type = totp, secret = " + Totp.newSeed() + " }";
  }

  private static ServerRound under(String instruction, Ask prompt) {
    return new ServerRound("", instruction, List.of(prompt));
  }

  private static EmbeddedServer server(ServerRound... rounds) throws Exception {
    return EmbeddedServer.builder("alice").conversation(rounds).start();
  }

  private Path file(EmbeddedServer server, String plan) {
    return new RouteFile(folder)
        .hop("127.0.0.1", server.port(), "alice", "[ " + plan + " ]")
        .knownHosts(server.knownHostsLine() + "\n")
        .write();
  }

  private void passes(String plan, ServerRound... rounds) throws Exception {
    try (EmbeddedServer server = server(rounds);
        Postern postern = Postern.load(file(server, plan));
        Circuit circuit = postern.open("it")) {
      assertThat(circuit.isOpen()).isTrue();
    }
  }

  private CircuitException fails(String plan, ServerRound... rounds) throws Exception {
    try (EmbeddedServer server = server(rounds);
        Postern postern = Postern.load(file(server, plan))) {
      CircuitException failure =
          catchThrowableOfType(CircuitException.class, () -> postern.open("it").close());
      assertThat(failure).isNotNull();
      return failure;
    }
  }
}
