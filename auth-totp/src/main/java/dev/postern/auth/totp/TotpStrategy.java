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
import java.util.regex.Pattern;

/** Answers prompts for a code. A refused code is followed by the next one, a few times. */
final class TotpStrategy implements AuthStrategy {
  private static final int CODES = 3;

  /**
   * Prompts for a code in the usual words; menus, which take a code among other things, are for a
   * rule.
   */
  private static final Pattern CODE =
      Pattern.compile(
          "(?i)(?:verification|authentication|authenticator|security|access|login|mfa|2fa|2-factor|two[- ]factor|token|otp|totp|6[- ]digit|one[- ]time|single[- ]use|multi[- ]factor)[ -]*"
              + "(?:pass[ -]?code|code|password|passcode|token|pin)\\b|\\bone[- ]time\\b|\\b(?:otp|totp|2fa|mfa)\\b|^\\W*(?:pass[ -]?code|token|token ?code|code|pin ?\\+ ?token)\\b");

  private static final Pattern MENU =
      Pattern.compile("(?i)\\boption|\\bselect\\b|\\bchoose\\b|\\(\\d ?- ?\\d\\)");

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
    if (ask.isPresent()) {
      return ask.get().matches(text);
    }
    return CODE.matcher(text).find() && !MENU.matcher(text).find();
  }
}
