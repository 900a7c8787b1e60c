package dev.postern.auth.password;

import static dev.postern.auth.password.PasswordPrompt.CURRENT;

import dev.postern.api.auth.AuthMethod;
import dev.postern.api.auth.AuthStrategy;
import dev.postern.api.auth.PasswordRequest;
import dev.postern.api.auth.Prompt;
import dev.postern.api.auth.PromptPattern;
import dev.postern.api.auth.Reply;
import dev.postern.api.config.MisconfiguredException;
import dev.postern.api.secret.Secret;
import dev.postern.api.secret.SecretException;
import dev.postern.api.secret.SecretValue;
import java.util.Set;

/**
 * Gives the password to whoever asks for the password, and to nobody who asks for anything else.
 */
final class PasswordStrategy implements AuthStrategy {
  /** As OpenSSH's NumberOfPasswordPrompts: a source may give another one each time. */
  private static final int TRIES = 3;

  private final PasswordConfig config;
  private final String user;
  private int requests;
  private int conversations;
  private int conversation;

  PasswordStrategy(PasswordConfig config, String user) {
    this.config = config;
    this.user = user;
  }

  @Override
  public Set<AuthMethod> methods() {
    return Set.of(AuthMethod.PASSWORD, AuthMethod.KEYBOARD_INTERACTIVE);
  }

  @Override
  public Reply password(PasswordRequest request) throws SecretException {
    if (request.kind() == PasswordRequest.Kind.NEW) {
      return config.newPassword().isPresent()
          ? Reply.answer(read("new-password", config.newPassword().get()))
          : Reply.pass();
    }
    requests++;
    return requests > TRIES ? Reply.pass() : Reply.answer(read("password", config.password()));
  }

  @Override
  public boolean hasPasswordAtHand() {
    return config.password().isAtHand();
  }

  @Override
  public Reply prompt(Prompt prompt) throws SecretException {
    if (prompt.echo()) {
      return Reply.pass();
    }
    PasswordPrompt kind = PasswordPrompt.classify(prompt.question(), user);
    // Before 'ask': a pattern such as "assword" must not send the present one as the new one.
    if (kind == PasswordPrompt.NEW) {
      return newPassword();
    }
    boolean mine = config.ask().map(pattern -> recognises(pattern, prompt)).orElse(kind == CURRENT);
    return mine && isTryLeft(prompt.round())
        ? Reply.answer(read("password", config.password()))
        : Reply.pass();
  }

  private Reply newPassword() throws SecretException {
    return config.newPassword().isPresent()
        // Asked for twice, and meant so.
        ? Reply.deliberate(read("new-password", config.newPassword().get()))
        : Reply.pass("the password expired, and new-password is not set");
  }

  /** An empty one is a variable that was exported blank, or a file that was never filled. */
  private static SecretValue read(String key, Secret secret) throws SecretException {
    SecretValue value = secret.read();
    if (value.length() == 0) {
      throw new MisconfiguredException(
          "'%s' is empty, and nothing was sent; look at where it comes from".formatted(key));
    }
    return value;
  }

  private static boolean recognises(PromptPattern pattern, Prompt prompt) {
    return pattern.matches(prompt.text()) || pattern.matches(prompt.question());
  }

  private boolean isTryLeft(Prompt.Round round) {
    if (conversation != round.conversation()) {
      conversation = round.conversation();
      conversations++;
    }
    return conversations <= TRIES;
  }
}
