package dev.postern.auth.publickey;

import java.nio.file.Path;
import java.util.Optional;

/**
 * An identity that was read: a file, or a key that a secret source has.
 *
 * @param name what messages call it
 * @param path where it is, empty for one that is in no file
 * @param stored the private key, empty for a public key file, which selects a key of the agent
 * @param publicKey the public part, empty where only the open key tells it
 * @param digest tells this content from any other
 */
record KeyFile(
    String name,
    Optional<Path> path,
    Optional<StoredKey> stored,
    Optional<PublicBlob> publicKey,
    String digest) {
  void wipe() {
    stored.ifPresent(StoredKey::wipe);
  }
}
