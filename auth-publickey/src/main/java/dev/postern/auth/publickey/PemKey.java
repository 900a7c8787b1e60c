package dev.postern.auth.publickey;

import dev.postern.api.secret.SecretValue;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A key in one of OpenSSL's forms: PKCS#1, SEC1, PKCS#8, and their encrypted variants. The public
 * part of an encrypted one is hidden with the rest.
 */
final class PemKey implements StoredKey {
  private static final String ENCRYPTED_PKCS8 = "ENCRYPTED PRIVATE KEY";

  private final PemText text;
  private final Optional<PublicBlob> publicKey;

  PemKey(PemText text) throws KeyFormatException {
    this.text = text;
    this.publicKey =
        isEncrypted()
            ? Optional.empty()
            : Optional.of(DerKeys.read(text.label(), text.body())).map(SigningKey::publicKey);
  }

  static boolean handles(String label) {
    return label.equals(ENCRYPTED_PKCS8) || DerKeys.handles(label);
  }

  @Override
  public Optional<PublicBlob> publicKey() {
    return publicKey;
  }

  @Override
  public boolean isEncrypted() {
    return text.label().equals(ENCRYPTED_PKCS8) || text.header("DEK-Info").isPresent();
  }

  @Override
  public SigningKey open(@Nullable SecretValue passphrase) throws IOException {
    if (!isEncrypted()) {
      return DerKeys.read(text.label(), text.body());
    }
    if (passphrase == null || passphrase.length() == 0) {
      throw new WrongPassphraseException();
    }
    byte[] plain = decrypt(passphrase);
    try {
      return DerKeys.read(text.label().replace("ENCRYPTED ", ""), plain);
    } catch (KeyFormatException e) {
      if (DerKeys.isPrivateKey(plain)) {
        throw e;
      }
      // One wrong passphrase in some hundred decrypts to something with good padding.
      throw new WrongPassphraseException();
    } finally {
      Arrays.fill(plain, (byte) 0);
    }
  }

  private byte[] decrypt(SecretValue passphrase) throws IOException {
    if (text.label().equals(ENCRYPTED_PKCS8)) {
      return Pbes2.decrypt(text.body(), passphrase);
    }
    return DekInfo.parse(text.header("DEK-Info").orElseThrow()).decrypt(text.body(), passphrase);
  }

  @Override
  public void wipe() {
    Arrays.fill(text.body(), (byte) 0);
  }
}
