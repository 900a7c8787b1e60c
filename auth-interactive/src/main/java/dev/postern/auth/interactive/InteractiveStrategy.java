package dev.postern.auth.interactive;

import dev.postern.api.auth.AuthMethod;
import dev.postern.api.auth.AuthStrategy;
import dev.postern.api.auth.PasswordRequest;
import dev.postern.api.auth.Prompt;
import dev.postern.api.auth.Reply;
import dev.postern.api.hop.HopContext;
import dev.postern.api.hop.Person;
import dev.postern.api.secret.SecretException;
import dev.postern.api.secret.SecretValue;
import java.util.Set;

/**
 * Puts the server's questions to the person, in OpenSSH's words. Counts what it asked itself: that
 * other strategies were refused before is not the person's failure.
 */
final class InteractiveStrategy implements AuthStrategy {
  /** As OpenSSH's NumberOfPasswordPrompts. */
  private static final int TRIES = 3;

  private static final Reply NOBODY =
      Reply.pass("nobody can be asked: this is batch mode, or there is no terminal");

  private final InteractiveConfig config;
  private final Person person;
  private final String address;
  private boolean greeted;
  private int passwords;
  private int conversations;
  private int currentConversation;
  private int currentRound;

  InteractiveStrategy(InteractiveConfig config, HopContext hop) {
    this.config = config;
    this.person = hop.person();
    this.address = hop.hop().address();
  }

  @Override
  public Set<AuthMethod> methods() {
    return Set.of(AuthMethod.PASSWORD, AuthMethod.KEYBOARD_INTERACTIVE);
  }

  @Override
  public Reply password(PasswordRequest request) throws SecretException {
    if (request.kind() == PasswordRequest.Kind.NEW) {
      return newPassword(request.text());
    }
    String question = address + "'s password: ";
    if (!takes(question) || passwords == TRIES) {
      return Reply.pass();
    }
    if (!person.isPresent()) {
      return NOBODY;
    }
    greet();
    passwords++;
    if (passwords > 1) {
      person.tell("Permission denied, please try again.");
    }
    return Reply.deliberate(person.ask(question, false));
  }

  private Reply newPassword(String text) throws SecretException {
    String question = "Enter " + address + "'s new password: ";
    if (!takes(question)) {
      return Reply.pass();
    }
    if (!person.isPresent()) {
      return NOBODY;
    }
    greet();
    if (!text.isBlank()) {
      person.tell(text);
    }
    for (int i = 0; i < TRIES; i++) {
      try (SecretValue once = person.ask(question, false);
          SecretValue again = person.ask("Retype " + address + "'s new password: ", false)) {
        if (once.sameAs(again)) {
          return Reply.deliberate(once.copy());
        }
      }
      person.tell("Mismatch; try again, EOF to quit.");
    }
    return Reply.abort("the new password was not typed twice the same");
  }

  @Override
  public Reply prompt(Prompt prompt) throws SecretException {
    boolean begun = prompt.round().conversation() == currentConversation;
    if (!takes(prompt.text()) || (!begun && conversations == TRIES)) {
      return Reply.pass();
    }
    if (!person.isPresent()) {
      return NOBODY;
    }
    greet();
    if (!begun) {
      begin(prompt.round().conversation());
    }
    if (prompt.round().number() != currentRound) {
      currentRound = prompt.round().number();
      explain(prompt.round().name());
      explain(prompt.round().instruction());
    }
    return Reply.deliberate(person.ask("(" + address + ") " + prompt.text(), prompt.echo()));
  }

  private void begin(int conversation) {
    currentConversation = conversation;
    currentRound = 0;
    conversations++;
    if (conversations > 1) {
      person.tell("Permission denied, please try again.");
    }
  }

  /** What the server says around its questions. */
  private void explain(String text) {
    if (!text.isBlank()) {
      person.tell("(" + address + ") " + text);
    }
  }

  private boolean takes(String question) {
    return config.ask().map(pattern -> pattern.matches(question)).orElse(true);
  }

  private void greet() {
    if (!greeted) {
      greeted = true;
      config.message().ifPresent(person::tell);
    }
  }
}
