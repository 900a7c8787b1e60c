package dev.postern.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.postern.Postern;
import dev.postern.circuit.Circuit;
import dev.postern.circuit.CircuitException;
import dev.postern.problem.Code;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code AuthenticationMethods} of every shape, passed by plans in every order. */
@NeedsRealServers
@TestInstance(Lifecycle.PER_CLASS)
final class MethodSequencesTest {
  private final Account account = Account.create();
  @TempDir private Path folder;
  private Path key;
  private Path otherKey;

  @BeforeEach
  void authorize() {
    key = account.authorizeNewKey(folder);
    otherKey = account.authorizeNewKey(folder);
  }

  @AfterAll
  void removeAccount() {
    account.close();
  }

  @ParameterizedTest(name = "{0} by [{1}]")
  @CsvSource(
      delimiter = '|',
      value = {
        "publickey,publickey | keys",
        "publickey,password | key,password",
        "publickey,password | password,key",
        "password,publickey | key,password",
        "password,keyboard-interactive | password",
        "keyboard-interactive,password | password",
        "publickey,keyboard-interactive | password,key",
        "publickey,keyboard-interactive,publickey | keys,password",
        "publickey,keyboard-interactive:pam | key,password",
        "publickey password | password",
        "publickey password | stranger,password",
        "keyboard-interactive | stranger,password",
        "publickey,publickey keyboard-interactive | key,password"
      })
  void passes(String methods, String plan) throws Exception {
    try (RealSshd server =
            RealSshd.in(folder).pam(Pam.PASSWORD).option("AuthenticationMethods", methods).start();
        Postern postern = Postern.load(file(server, plan));
        Circuit circuit = postern.open("it")) {
      assertThat(RemoteCommand.run(circuit, "id -un").output()).isEqualTo(account.name() + "\n");
    }
  }

  @Test
  void whatThePlanLacksIsSaid() {
    CircuitException failure = refusal("publickey,password", "key");
    assertThat(failure.code()).isEqualTo(Code.AUTH_NO_COMMON_METHOD);
    assertThat(failure)
        .hasMessageContaining(
            "Permission denied (password): the server wants password, and the plan serves publickey; tried: publickey ssh-ed25519 SHA256:")
        .hasMessageContaining("(accepted)");
  }

  @Test
  void aSecondKeyThatThePlanLacksIsSaid() {
    CircuitException failure = refusal("publickey,publickey", "key");
    assertThat(failure.code()).isEqualTo(Code.AUTH_DENIED);
    assertThat(failure).hasMessageContaining("Permission denied (publickey); tried: publickey ");
  }

  @Test
  void aServerOfOtherMethodsIsNamedWithThem() {
    CircuitException failure = refusal("hostbased", "key,password");
    assertThat(failure.code()).isEqualTo(Code.AUTH_NO_COMMON_METHOD);
    assertThat(failure)
        .hasMessageContaining(
            "Permission denied (hostbased): the server wants hostbased, and the plan serves publickey,password,keyboard-interactive; nothing was tried");
  }

  private CircuitException refusal(String methods, String plan) {
    try (RealSshd server =
            RealSshd.in(folder)
                .pam(Pam.PASSWORD)
                .option("HostbasedAuthentication", "yes")
                .option("AuthenticationMethods", methods)
                .start();
        Postern postern = Postern.load(file(server, plan))) {
      CircuitException failure =
          catchThrowableOfType(CircuitException.class, () -> postern.open("it").close());
      assertThat(failure).isNotNull();
      return failure;
    }
  }

  private Path file(RealSshd server, String plan) {
    StringBuilder auth = new StringBuilder("[");
    for (String strategy : plan.split(",")) {
      auth.append(auth.length() > 1 ? ", " : "").append(strategy(strategy));
    }
    return new RouteFile(folder).hop(server, account.name(), auth + "]").write();
  }

  private String strategy(String name) {
    return switch (name) {
      case "key" -> keys(key);
      case "keys" -> keys(key, otherKey);
      case "stranger" -> keys(Keys.generate(folder, "ed25519"));
      default -> "{ type = password, password = \"%s\" }".formatted(account.password());
    };
  }

  private static String keys(Path... files) {
    StringBuilder identities = new StringBuilder();
    for (Path file : files) {
      identities.append('"').append(file).append("\" ");
    }
    return "{ type = publickey, agent = false, identities = ["
        + identities.toString().strip().replace("\" \"", "\", \"")
        + "] }";
  }
}
