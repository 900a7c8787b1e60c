package dev.postern.testkit.example;

import dev.postern.api.auth.AuthMethod;
import dev.postern.api.auth.AuthStrategy;
import dev.postern.api.auth.AuthStrategyProvider;
import dev.postern.api.auth.Prompt;
import dev.postern.api.auth.Reply;
import dev.postern.api.config.Default;
import dev.postern.api.config.Doc;
import dev.postern.api.hop.HopContext;
import dev.postern.api.secret.Secret;
import dev.postern.api.secret.SecretException;
import java.util.Set;

/** The strategy {@code friend}: says the word to a door that asks for it. */
public final class FriendProvider implements AuthStrategyProvider<FriendProvider.Config> {
  /** Its settings. */
  @Doc("Says the word to a door that asks for it.")
  public record Config(
      @Doc("The word.") Secret word,
      @Doc("How the door asks.") @Default("\"Speak, friend\"") String question) {}

  @Override
  public String type() {
    return "friend";
  }

  @Override
  public Class<Config> configType() {
    return Config.class;
  }

  @Override
  public AuthStrategy create(Config config, HopContext hop) {
    return new Friend(config);
  }

  private record Friend(Config config) implements AuthStrategy {
    @Override
    public Set<AuthMethod> methods() {
      return Set.of(AuthMethod.KEYBOARD_INTERACTIVE);
    }

    @Override
    public Reply prompt(Prompt prompt) throws SecretException {
      boolean mine = !prompt.echo() && prompt.text().startsWith(config.question());
      return mine ? Reply.answer(config.word().read()) : Reply.pass();
    }
  }
}
