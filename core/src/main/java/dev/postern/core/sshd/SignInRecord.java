package dev.postern.core.sshd;

import dev.postern.api.auth.AuthMethod;
import dev.postern.core.auth.ClientMove;
import dev.postern.core.auth.ServerMessage;
import dev.postern.core.memory.Remembered;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How one attempt at signing in goes, to be remembered. */
final class SignInRecord {
  private @Nullable AuthMethod asked;
  private @Nullable AuthMethod opener;
  private boolean straight = true;

  synchronized void sent(ClientMove move) {
    asked = method(move);
  }

  private @Nullable AuthMethod method(ClientMove move) {
    if (move instanceof ClientMove.AskMethods) {
      return null;
    }
    if (move instanceof ClientMove.ProbeKey || move instanceof ClientMove.SignWithKey) {
      return AuthMethod.PUBLICKEY;
    }
    if (move instanceof ClientMove.SendPassword || move instanceof ClientMove.SendNewPassword) {
      return AuthMethod.PASSWORD;
    }
    if (move instanceof ClientMove.StartConversation || move instanceof ClientMove.SendAnswers) {
      return AuthMethod.KEYBOARD_INTERACTIVE;
    }
    return asked;
  }

  synchronized void heard(ServerMessage message) {
    boolean step =
        message instanceof ServerMessage.Success
            || (message instanceof ServerMessage.Failure failure && failure.partialSuccess());
    if (step && opener == null) {
      opener = asked;
    }
    if (message instanceof ServerMessage.Failure && asked != null) {
      straight = false;
    }
  }

  /** Whether a request is the first, and what let us in all by itself the last time. */
  synchronized boolean isExpectedToDo(ClientMove move, Optional<Remembered> server) {
    boolean proof =
        move instanceof ClientMove.SignWithKey || move instanceof ClientMove.SendPassword;
    return proof
        && straight
        && opener == null
        && server
            .filter(Remembered::alone)
            .flatMap(Remembered::opener)
            .equals(Optional.ofNullable(asked));
  }

  /** What to remember when we are in; null if the server's proposal was not seen. */
  synchronized @Nullable Remembered in(@Nullable Remembered proposal) {
    return proposal == null || opener == null ? proposal : proposal.with(opener, straight);
  }
}
