package dev.postern.core.hostkey;

import dev.postern.api.hop.Person;
import dev.postern.api.secret.SecretException;
import dev.postern.api.secret.SecretValue;
import java.util.Arrays;

/** Asks the person about a key, in OpenSSH's way. */
final class Confirmation {
  private static final int QUESTIONS = 5;

  private Confirmation() {}

  /** Whether the person said yes, or gave the fingerprint. */
  static boolean given(Person person, String question, String fingerprint) {
    String next = question;
    for (int i = 0; i < QUESTIONS; i++) {
      String answer;
      try (SecretValue value = person.ask(next, true)) {
        answer = text(value);
      } catch (SecretException e) {
        return false; // nobody, or a person who turned away
      }
      if (answer.equalsIgnoreCase("yes") || answer.equals(fingerprint)) {
        return true;
      }
      if (answer.isEmpty() || answer.equalsIgnoreCase("no")) {
        return false;
      }
      next = "Please type 'yes', 'no' or the fingerprint: ";
    }
    return false;
  }

  /** Not a secret: a yes or a no. */
  private static String text(SecretValue value) {
    char[] characters = value.chars();
    try {
      return new String(characters).strip();
    } finally {
      Arrays.fill(characters, '\0');
    }
  }
}
