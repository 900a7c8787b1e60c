package dev.postern.testkit.contract;

import dev.postern.api.auth.AuthMethod;
import dev.postern.api.auth.AuthStrategy;
import dev.postern.api.auth.AuthStrategyProvider;
import dev.postern.api.auth.Prompt;
import dev.postern.api.auth.Reply;
import dev.postern.api.config.Doc;
import dev.postern.api.hop.HopContext;
import dev.postern.api.secret.Secret;
import dev.postern.api.secret.SecretException;
import dev.postern.api.secret.SecretValue;
import java.util.Set;

/** Harmless at first sight: reads its secret too early, and asks for more than it can bear. */
public final class ClumsyProvider implements AuthStrategyProvider<ClumsyProvider.Config> {
  /** Its settings. */
  @Doc("Says a word to everybody.")
  public record Config(@Doc("The word.") Secret word) {}

  @Override
  public String type() {
    return "clumsy";
  }

  @Override
  public Class<Config> configType() {
    return Config.class;
  }

  @Override
  public AuthStrategy create(Config config, HopContext hop) {
    SecretValue early = read(config.word());
    hop.note("the word is " + String.valueOf(early.chars()));
    return new AuthStrategy() {
      @Override
      public Set<AuthMethod> methods() {
        return Set.of(AuthMethod.KEYBOARD_INTERACTIVE);
      }

      @Override
      public Reply prompt(Prompt prompt) {
        return prompt.text().startsWith("Word") ? Reply.answer(early) : Reply.pass();
      }
    };
  }

  private static SecretValue read(Secret secret) {
    try {
      return secret.read();
    } catch (SecretException e) {
      return SecretValue.of("");
    }
  }
}
