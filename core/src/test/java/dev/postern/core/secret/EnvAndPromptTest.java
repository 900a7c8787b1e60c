package dev.postern.core.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postern.api.secret.Secret;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class EnvAndPromptTest {
  private final FakeContext context = new FakeContext(Optional.of("hunter2"));

  private Secret env(String name) {
    return new EnvSecretProvider().create(new EnvSecretProvider.Config(name), context);
  }

  private Secret prompt(FakeContext with) {
    return new PromptSecretProvider()
        .create(new PromptSecretProvider.Config("Vault passphrase: "), with);
  }

  @Test
  void aVariableIsReadWhenItIsNeeded() throws Exception {
    Secret secret = env("PW");
    context.environment.put("PW", "hunter2");
    assertThat(Reading.text(secret)).isEqualTo("hunter2");
    assertThat(secret).hasToString("*** (env PW)");
  }

  @Test
  void aVariableIsAtHandAndAPersonIsNot() {
    assertThat(env("PW").isAtHand()).isTrue();
    assertThat(prompt(context).isAtHand()).isFalse();
  }

  @Test
  void aVariableThatIsNotSetIsNamed() {
    assertThat(Reading.failure(env("PW"))).hasMessage("the environment variable 'PW' is not set");
  }

  @Test
  void anEmptyVariableIsNoSecret() {
    context.environment.put("PW", "");
    assertThat(Reading.failure(env("PW"))).hasMessage("the environment variable 'PW' is empty");
  }

  @Test
  void aVariableNeedsAName() {
    assertThatThrownBy(() -> new EnvSecretProvider.Config(""))
        .hasMessage("env: the name of the variable is empty");
  }

  @Test
  void thePersonIsAskedWithoutEcho() throws Exception {
    assertThat(Reading.text(prompt(context))).isEqualTo("hunter2");
    assertThat(context.asked).containsExactly("Vault passphrase: ");
    assertThat(prompt(context)).hasToString("*** (prompt Vault passphrase: )");
  }

  @Test
  void whereNobodyIsThereTheSecretIsNotToBeHad() {
    assertThat(Reading.failure(prompt(new FakeContext(Optional.empty()))))
        .hasMessage("nobody is there to be asked");
  }
}
