package dev.postern.api.auth;

import static java.util.Objects.requireNonNull;

import org.apiguardian.api.API;

/**
 * The server wants a password (RFC 4252 section 8).
 *
 * @param kind the present password, or a new one in its place
 * @param text what the server says to a change request, sanitised; empty for the present password
 * @param attempt how often this was asked in this opening, the first is 1
 */
@API(status = API.Status.STABLE, since = "1.0")
public record PasswordRequest(Kind kind, String text, int attempt) {
  /** What is wanted. */
  public enum Kind {
    /** The present password. */
    CURRENT,
    /** A new one: the server sent {@code SSH_MSG_USERAUTH_PASSWD_CHANGEREQ}. */
    NEW
  }

  /** Checks the values. */
  public PasswordRequest {
    requireNonNull(kind, "kind is null");
    requireNonNull(text, "text is null");
  }
}
