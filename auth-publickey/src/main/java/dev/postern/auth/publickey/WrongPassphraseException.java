package dev.postern.auth.publickey;

import java.io.IOException;

/** The passphrase does not open the key. */
final class WrongPassphraseException extends IOException {
  private static final long serialVersionUID = 1L;

  WrongPassphraseException() {
    super("the passphrase does not open the key");
  }
}
