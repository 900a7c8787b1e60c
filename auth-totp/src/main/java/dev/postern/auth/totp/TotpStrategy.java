package dev.postern.auth.totp;

import dev.postern.api.auth.AuthMethod;
import dev.postern.api.auth.AuthStrategy;
import dev.postern.api.auth.Prompt;
import dev.postern.api.auth.PromptPattern;
import dev.postern.api.auth.Reply;
import dev.postern.api.hop.Time;
import dev.postern.api.secret.Secret;
import dev.postern.api.secret.SecretException;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.Set;

/** Answers prompts for a code. A refused code is followed by the next one, once or twice. */
final class TotpStrategy implements AuthStrategy {
  private static final int CODES = 3;

  private final Secret codes;
  private final Optional<PromptPattern> ask;
  private final Time time;
  private int given;

  TotpStrategy(Secret codes, Optional<PromptPattern> ask, Time time) {
    this.codes = codes;
    this.ask = ask;
    this.time = time;
  }

  @Override
  public Set<AuthMethod> methods() {
    return Set.of(AuthMethod.KEYBOARD_INTERACTIVE);
  }

  @Override
  public Reply prompt(Prompt prompt) throws SecretException {
    if (!recognises(prompt)) {
      return Reply.pass();
    }
    if (given >= CODES) {
      return Reply.pass(
          "%d codes were not enough; is it the seed of this account, and is this machine's clock right, at %s?"
              .formatted(CODES, time.now().truncatedTo(ChronoUnit.SECONDS)));
    }
    given++;
    return Reply.answer(codes.read());
  }

  private boolean recognises(Prompt prompt) {
    String question = prompt.question();
    String around = prompt.round().name() + "\n" + prompt.round().instruction();
    return ask.map(pattern -> pattern.matches(prompt.text()) || pattern.matches(question))
        .orElseGet(() -> CodePrompt.isRecognised(question, around));
  }
}
