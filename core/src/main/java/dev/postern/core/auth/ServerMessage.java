package dev.postern.core.auth;

import dev.postern.api.auth.AuthMethod;
import java.util.List;
import java.util.Optional;

/** What a server says during authentication, parsed and bounded but not sanitised. */
public sealed interface ServerMessage {
  /**
   * Authentication may begin.
   *
   * @param opener the method that this server accepted first the last time, if that is known
   */
  record Ready(Optional<AuthMethod> opener) implements ServerMessage {
    /** Nothing is known of the server. */
    public Ready() {
      this(Optional.empty());
    }
  }

  /** {@code SSH_MSG_USERAUTH_SUCCESS}. */
  record Success() implements ServerMessage {}

  /**
   * {@code SSH_MSG_USERAUTH_FAILURE} (RFC 4252 section 5.1).
   *
   * @param methods that can continue
   * @param partialSuccess whether the last request was accepted, and more is wanted
   */
  record Failure(List<String> methods, boolean partialSuccess) implements ServerMessage {
    public Failure {
      methods = List.copyOf(methods);
    }
  }

  /** {@code SSH_MSG_USERAUTH_PK_OK} for the key that was probed: it would be accepted. */
  record KeyAcceptable() implements ServerMessage {}

  /** {@code SSH_MSG_USERAUTH_PASSWD_CHANGEREQ} (RFC 4252 section 8). */
  record ChangePassword(String prompt) implements ServerMessage {}

  /** {@code SSH_MSG_USERAUTH_INFO_REQUEST} (RFC 4256 section 3.2). */
  record InfoRequest(String name, String instruction, List<Question> questions)
      implements ServerMessage {
    public InfoRequest {
      questions = List.copyOf(questions);
    }
  }

  /** One prompt of an {@link InfoRequest}. */
  record Question(String text, boolean echo) {}
}
