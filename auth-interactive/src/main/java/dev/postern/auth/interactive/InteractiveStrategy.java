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

/** Puts the server's questions to the person, in OpenSSH's words. */
final class InteractiveStrategy implements AuthStrategy {
  /** As OpenSSH's NumberOfPasswordPrompts. */
  private static final int TRIES = 3;

  private final InteractiveConfig config;
  private final Person person;
  private final String address;
  private boolean greeted;
  private String shownRound = "";
  private int lastConversation = 1;

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
    if (!person.isPresent() || config.ask().isPresent() || request.attempt() > TRIES) {
      return Reply.pass();
    }
    greet();
    if (request.kind() == PasswordRequest.Kind.NEW) {
      return newPassword(request.text());
    }
    if (request.attempt() > 1) {
      person.tell("Permission denied, please try again.");
    }
    return Reply.deliberate(person.ask(address + "'s password: ", false));
  }

  private Reply newPassword(String text) throws SecretException {
    if (!text.isBlank()) {
      person.tell(text);
    }
    for (int i = 0; i < TRIES; i++) {
      SecretValue once = person.ask("Enter " + address + "'s new password: ", false);
      try (SecretValue again = person.ask("Retype " + address + "'s new password: ", false)) {
        if (once.sameAs(again)) {
          return Reply.deliberate(once);
        }
      }
      once.close();
      person.tell("Mismatch; try again.");
    }
    return Reply.abort("the new password was not typed twice the same");
  }

  @Override
  public Reply prompt(Prompt prompt) throws SecretException {
    if (!person.isPresent()
        || prompt.round().conversation() > TRIES
        || config.ask().filter(pattern -> !pattern.matches(prompt.text())).isPresent()) {
      return Reply.pass();
    }
    greet();
    showRound(prompt.round());
    return Reply.deliberate(person.ask("(" + address + ") " + prompt.text(), prompt.echo()));
  }

  private void greet() {
    if (!greeted) {
      greeted = true;
      config.message().ifPresent(person::tell);
    }
  }

  /** What the server says around its questions, once for each round. */
  private void showRound(Prompt.Round round) {
    String name = round.conversation() + "/" + round.number();
    if (shownRound.equals(name)) {
      return;
    }
    shownRound = name;
    if (round.conversation() > lastConversation) {
      lastConversation = round.conversation();
      person.tell("Permission denied, please try again.");
    }
    if (!round.name().isBlank()) {
      person.tell("(" + address + ") " + round.name());
    }
    if (!round.instruction().isBlank()) {
      person.tell("(" + address + ") " + round.instruction());
    }
  }
}
