package dev.postern.core.sshd;

import dev.postern.circuit.Phase;
import dev.postern.core.hop.HopFailure;
import dev.postern.core.text.Sanitiser;
import org.apache.sshd.common.SshException;
import org.jspecify.annotations.Nullable;

/** What was seen of a session so far, and says why it ended when it has. Safe for any thread. */
final class Symptoms {
  private volatile Greeting greeting = Greeting.NOTHING;
  private volatile boolean speaksSsh;
  private volatile @Nullable String lastWords;
  private volatile @Nullable Throwable trouble;

  /** What came before the server said which SSH it speaks. */
  void greeted(byte[] data, int offset, int length) {
    greeting = Greeting.of(data, offset, length);
  }

  void identified() {
    greeting = Greeting.SSH;
    speaksSsh = true;
  }

  boolean speaksSsh() {
    return speaksSsh;
  }

  /** If we complained first, these words only answer that. */
  void disconnected(String message) {
    if (!isOurComplaint()) {
      lastWords = Sanitiser.line(message);
    }
  }

  /** Only the first counts: the others come of it. */
  void caught(Throwable failure) {
    if (trouble == null) {
      trouble = failure;
    }
  }

  boolean isOurComplaint() {
    return trouble instanceof SshException;
  }

  /** The session ended before we were signed in. */
  HopFailure endedEarly(Phase phase, String progress) {
    return SessionTrouble.explain(phase, greeting, lastWords, trouble, progress);
  }

  /** The session has not come to its keys in time, on a link that we dialled or a plugin made. */
  HopFailure silent(String limit, boolean made) {
    return SessionTrouble.silent(limit, greeting, made);
  }

  /** The established session ended. */
  HopFailure lost() {
    return SessionTrouble.lost(lastWords, trouble);
  }

  String reason() {
    return SessionTrouble.reason(lastWords, trouble);
  }
}
