package dev.postern.auth.publickey;

import java.nio.file.Path;
import java.util.Optional;

/**
 * An identity file that was read.
 *
 * @param path where it is
 * @param stored the private key, empty for a public key file, which selects a key of the agent
 * @param publicKey the public part, empty where only the open key tells it
 * @param digest tells this content from any other
 */
record KeyFile(
    Path path, Optional<StoredKey> stored, Optional<PublicBlob> publicKey, String digest) {
  void wipe() {
    stored.ifPresent(StoredKey::wipe);
  }
}
