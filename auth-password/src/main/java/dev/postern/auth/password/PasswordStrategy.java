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
    PasswordPrompt kind = PasswordPrompt.classify(prompt.text());
    // Before 'ask': a pattern such as "assword" must not send the present one as the new one.
    if (kind == PasswordPrompt.NEW && config.newPassword().isPresent()) {
      // Asked for twice, and meant so.
      return Reply.deliberate(config.newPassword().get().read());
    }
    boolean mine =
        config
            .ask()
            .map(pattern -> pattern.matches(prompt.text()))
            .orElse(kind == PasswordPrompt.CURRENT);
    return mine ? Reply.answer(config.password().read()) : Reply.pass();
  }

  private Reply newPassword() throws SecretException {
    return config.newPassword().isPresent()
        ? Reply.answer(config.newPassword().get().read())
        : Reply.pass();
  }
}
