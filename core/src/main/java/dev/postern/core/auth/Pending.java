package dev.postern.core.auth;

import dev.postern.api.auth.AuthMethod;
import org.jspecify.annotations.Nullable;

/** What the server's next word is about. */
enum Pending {
  NOTHING("before any request", null, false),
  METHODS("on the method 'none'", null, false),
  PROBE("on a key that had not signed", AuthMethod.PUBLICKEY, false),
  SIGNATURE("on a signature", AuthMethod.PUBLICKEY, true),
  PASSWORD("on a password", AuthMethod.PASSWORD, true),
  CONVERSATION("on a conversation without a prompt", AuthMethod.KEYBOARD_INTERACTIVE, true);

  private final String text;
  private final @Nullable AuthMethod method;
  private final boolean proof;

  Pending(String text, @Nullable AuthMethod method, boolean proof) {
    this.text = text;
    this.method = method;
    this.proof = proof;
  }

  @Nullable AuthMethod method() {
    return method;
  }

  /** Whether a success means that something was proven. */
  boolean isProof() {
    return proof;
  }

  @Override
  public String toString() {
    return text;
  }
}
