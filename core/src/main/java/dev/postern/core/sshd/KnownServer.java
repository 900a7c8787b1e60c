package dev.postern.core.sshd;

import dev.postern.api.auth.AuthMethod;
import dev.postern.core.auth.ClientMove;
import dev.postern.core.auth.ServerMessage;
import dev.postern.core.memory.HostMemory;
import dev.postern.core.memory.Remembered;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What is known of a server from the last time, and what one attempt learns of it. */
final class KnownServer {
  private final HostMemory memory;
  private final Optional<Remembered> lastTime;
  private final SignInRecord signIn = new SignInRecord();
  private volatile @Nullable Remembered proposal;
  private volatile boolean averse;

  KnownServer(HostMemory memory, Optional<Remembered> lastTime) {
    this.memory = memory;
    this.lastTime = lastTime;
    this.averse = lastTime.filter(Remembered::isAverse).isPresent();
  }

  Optional<Remembered> lastTime() {
    return lastTime;
  }

  /** The method that it accepted first. */
  Optional<AuthMethod> opener() {
    return lastTime.flatMap(Remembered::opener);
  }

  /** What it proposes this time. */
  void proposes(Remembered what) {
    proposal = what;
  }

  void sent(ClientMove move) {
    signIn.sent(move);
  }

  void heard(ServerMessage message) {
    signIn.heard(message);
  }

  /** Whether this move was all it took the last time. */
  boolean isExpectedToDo(ClientMove move) {
    return signIn.isExpectedToDo(move, lastTime);
  }

  void signedIn() {
    keep(signIn.in(proposal));
  }

  /** What was sent early did not help: the next time it is not sent. */
  void notSignedIn() {
    Remembered seen = proposal;
    if (lastTime.isPresent() && seen != null) {
      keep(seen.withoutOpener());
    }
  }

  private void keep(@Nullable Remembered seen) {
    if (seen != null) {
      memory.keep(averse ? seen.withoutGuessForGood() : seen);
    }
  }

  /** The guess at the key exchange was out of date. */
  void guessWasStale() {
    memory.forget();
  }

  /** The server may be one that cannot do with guesses. */
  void guessFailed() {
    averse = true;
    lastTime.map(Remembered::withoutGuessForGood).ifPresent(memory::keep);
  }
}
