package dev.postern.core.memory;

import static java.util.Objects.requireNonNull;

import dev.postern.api.auth.AuthMethod;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What one server did the last time. It decides what is said early and nothing else: whoever forges
 * it can cost us a round trip.
 *
 * @param keyExchange the key exchange that the server lists first, or {@link #NO_GUESS}
 * @param hostKey the host key algorithm that it lists first
 * @param opener the first method that it accepted from this user; empty if there was none
 * @param alone whether the first request of that method was all it took
 */
public record Remembered(
    String keyExchange, String hostKey, Optional<AuthMethod> opener, boolean alone) {
  /** RFC 4250 section 4.6.1: names have no blanks, no commas, and at most 64 characters. */
  private static final Pattern NAME = Pattern.compile("[!-+\\--~]{1,64}");

  /** In place of a key exchange that is not worth a guess. */
  public static final String NO_GUESS = "-";

  /** In place of a key exchange where a guess was made once and did no good. */
  private static final String NEVER_AGAIN = "!";

  private static final String NOTHING = "-";
  private static final String ALONE = "alone";

  public Remembered {
    requireNonNull(keyExchange, "keyExchange is null");
    requireNonNull(hostKey, "hostKey is null");
    requireNonNull(opener, "opener is null");
  }

  /** Written out: the first use of the one that Java makes takes ten milliseconds of each start. */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Remembered remembered
        && keyExchange.equals(remembered.keyExchange)
        && hostKey.equals(remembered.hostKey)
        && opener.equals(remembered.opener)
        && alone == remembered.alone;
  }

  @Override
  public int hashCode() {
    return Objects.hash(keyExchange, hostKey, opener, alone);
  }

  /** The same with how signing in went. */
  public Remembered with(AuthMethod accepted, boolean wasAlone) {
    return new Remembered(keyExchange, hostKey, Optional.of(accepted), wasAlone);
  }

  /** The same with no key exchange that is worth a guess. */
  public Remembered withoutGuess() {
    return new Remembered(NO_GUESS, hostKey, opener, alone);
  }

  /** The same for a server that cannot do with guesses. */
  public Remembered withoutGuessForGood() {
    return new Remembered(NEVER_AGAIN, hostKey, opener, alone);
  }

  /** Whether there is a key exchange to guess. */
  public boolean isWorthAGuess() {
    return !keyExchange.equals(NO_GUESS) && !isAverse();
  }

  /** Whether the server cannot do with guesses. */
  public boolean isAverse() {
    return keyExchange.equals(NEVER_AGAIN);
  }

  /** The same without what concerns signing in. */
  public Remembered withoutOpener() {
    return new Remembered(keyExchange, hostKey, Optional.empty(), false);
  }

  /** Whether it can be written down. */
  boolean isPlain() {
    return NAME.matcher(keyExchange).matches() && NAME.matcher(hostKey).matches();
  }

  String line() {
    return String.join(
        " ",
        keyExchange,
        hostKey,
        opener.map(AuthMethod::wireName).orElse(NOTHING),
        alone ? ALONE : NOTHING);
  }

  /** What {@link #line} wrote; null for anything else. */
  static @Nullable Remembered parse(String line) {
    String[] fields = line.split(" ", -1);
    if (fields.length != 4 || !(fields[3].equals(ALONE) || fields[3].equals(NOTHING))) {
      return null;
    }
    Remembered read =
        new Remembered(fields[0], fields[1], AuthMethod.of(fields[2]), fields[3].equals(ALONE));
    return read.isPlain() ? read : null;
  }
}
