package dev.postern.auth.totp;

import dev.postern.api.auth.AuthMethod;
import dev.postern.api.auth.AuthStrategy;
import dev.postern.api.auth.Prompt;
import dev.postern.api.auth.PromptPattern;
import dev.postern.api.auth.Reply;
import dev.postern.api.secret.Secret;
import dev.postern.api.secret.SecretException;
import java.util.Optional;
import java.util.Set;

/** Answers prompts for a code. A refused code is followed by the next one, a few times. */
final class TotpStrategy implements AuthStrategy {
  private static final int CODES = 3;

  private final Secret codes;
  private final Optional<PromptPattern> ask;
  private int given;

  TotpStrategy(Secret codes, Optional<PromptPattern> ask) {
    this.codes = codes;
    this.ask = ask;
  }

  @Override
  public Set<AuthMethod> methods() {
    return Set.of(AuthMethod.KEYBOARD_INTERACTIVE);
  }

  @Override
  public Reply prompt(Prompt prompt) throws SecretException {
    if (given >= CODES || !recognises(prompt.text())) {
      return Reply.pass();
    }
    given++;
    return Reply.answer(codes.read());
  }

  private boolean recognises(String text) {
    return ask.map(pattern -> pattern.matches(text)).orElseGet(() -> CodePrompt.isRecognised(text));
  }
}
