package dev.postern.auth.password;

import dev.postern.api.auth.AuthMethod;
import dev.postern.api.auth.AuthStrategy;
import dev.postern.api.auth.PasswordRequest;
import dev.postern.api.auth.Prompt;
import dev.postern.api.auth.Reply;
import dev.postern.api.secret.SecretException;
import java.util.Set;

/**
 * Gives the password to whoever asks for the password, and to nobody who asks for anything else.
 */
final class PasswordStrategy implements AuthStrategy {
  private final PasswordConfig config;

  PasswordStrategy(PasswordConfig config) {
    this.config = config;
  }

  @Override
  public Set<AuthMethod> methods() {
    return Set.of(AuthMethod.PASSWORD, AuthMethod.KEYBOARD_INTERACTIVE);
  }

  @Override
  public Reply password(PasswordRequest request) throws SecretException {
    return switch (request.kind()) {
      case CURRENT -> Reply.answer(config.password().read());
      case NEW -> newPassword();
    };
  }

  @Override
  public Reply prompt(Prompt prompt) throws SecretException {
    if (prompt.echo()) {
      return Reply.pass();
    }
    if (config.ask().isPresent()) {
      return config.ask().get().matches(prompt.text())
          ? Reply.answer(config.password().read())
          : Reply.pass();
    }
    return switch (PasswordPrompt.classify(prompt.text())) {
      case CURRENT -> Reply.answer(config.password().read());
      // Asked twice, and meant so.
      case NEW ->
          config.newPassword().isPresent()
              ? Reply.deliberate(config.newPassword().get().read())
              : Reply.pass();
      case OTHER -> Reply.pass();
    };
  }

  private Reply newPassword() throws SecretException {
    return config.newPassword().isPresent()
        ? Reply.answer(config.newPassword().get().read())
        : Reply.pass();
  }
}
