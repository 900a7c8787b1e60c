package dev.postern.auth.publickey;

import dev.postern.api.secret.SecretValue;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A private key as it lies in a file. */
interface StoredKey {
  /** Its public part, empty where that is only known once the key is open. */
  Optional<PublicBlob> publicKey();

  /** Whether it needs a passphrase. */
  boolean isEncrypted();

  /**
   * Opens it.
   *
   * @param passphrase null for a key that is not encrypted; stays the caller's
   * @throws WrongPassphraseException if the passphrase is not the right one
   * @throws KeyFormatException if the key is damaged or of a kind that we cannot sign with
   */
  SigningKey open(@Nullable SecretValue passphrase) throws IOException;

  /** Overwrites what was read from the file. The key cannot be opened afterwards. */
  void wipe();
}
