package dev.postern.auth.publickey;

import dev.postern.api.config.MisconfiguredException;
import dev.postern.api.hop.Person;
import dev.postern.api.secret.Secret;
import dev.postern.api.secret.SecretException;
import dev.postern.api.secret.SecretValue;
import java.io.IOException;
import java.util.Optional;

/** Opens key files with the configured passphrase, or with what the person types. */
final class Passphrases {
  private static final int MOST_TRIES = 3;

  private final Optional<Secret> configured;
  private final Person person;
  private final KeyRing ring;

  Passphrases(Optional<Secret> configured, Person person, KeyRing ring) {
    this.configured = configured;
    this.person = person;
    this.ring = ring;
  }

  /**
   * The key of a file, open.
   *
   * @throws MisconfiguredException if there is no passphrase, or a wrong one, or the key is damaged
   */
  SigningKey open(KeyFile file, StoredKey stored) throws IOException {
    SigningKey key =
        stored.isEncrypted()
            ? ring.get(file.digest(), () -> decrypt(file.name(), stored))
            : plain(file.name(), stored);
    Optional<PublicBlob> expected = file.publicKey();
    if (expected.isPresent() && !expected.get().equals(key.publicKey())) {
      throw new MisconfiguredException(
          "the public key beside '%s' belongs to another key; write it anew with ssh-keygen -y"
              .formatted(file.name()));
    }
    return key;
  }

  private static SigningKey plain(String name, StoredKey stored) throws IOException {
    try {
      return stored.open(null);
    } catch (KeyFormatException e) {
      throw damaged(name, e);
    }
  }

  private SigningKey decrypt(String name, StoredKey stored) throws IOException {
    try {
      return configured.isPresent()
          ? withConfigured(name, stored, configured.get())
          : withPerson(name, stored);
    } catch (KeyFormatException e) {
      throw damaged(name, e);
    } catch (SecretException e) {
      throw new MisconfiguredException(
          "no passphrase for the key '%s': %s".formatted(name, e.getMessage()), e);
    }
  }

  private static SigningKey withConfigured(String name, StoredKey stored, Secret secret)
      throws IOException, SecretException {
    try (SecretValue passphrase = secret.read()) {
      return stored.open(passphrase);
    } catch (WrongPassphraseException e) {
      throw new MisconfiguredException("the passphrase does not open '%s'".formatted(name), e);
    }
  }

  private SigningKey withPerson(String name, StoredKey stored) throws IOException, SecretException {
    if (!person.isPresent()) {
      throw new MisconfiguredException(
          "the key '%s' is encrypted and nobody can be asked; configure its passphrase"
              .formatted(name));
    }
    for (int attempt = 1; attempt <= MOST_TRIES; attempt++) {
      try (SecretValue passphrase =
          person.ask("Enter passphrase for key '%s': ".formatted(name), false)) {
        return stored.open(passphrase);
      } catch (WrongPassphraseException e) {
        if (attempt < MOST_TRIES) {
          person.tell("Bad passphrase, try again for '%s'".formatted(name));
        }
      }
    }
    throw new MisconfiguredException(
        "none of %d passphrases opens '%s'".formatted(MOST_TRIES, name));
  }

  private static MisconfiguredException damaged(String name, KeyFormatException cause) {
    return new MisconfiguredException(
        "the identity '%s' is not a usable key: %s".formatted(name, cause.getMessage()), cause);
  }
}
