package dev.postern.auth.publickey;

import dev.postern.api.secret.SecretValue;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.spec.RSAPrivateCrtKeySpec;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** OpenSSH's own container, {@code openssh-key-v1} (PROTOCOL.key). Its public part is readable. */
final class OpenSshKey implements StoredKey {
  static final String LABEL = "OPENSSH PRIVATE KEY";
  private static final byte[] MAGIC = "openssh-key-v1\0".getBytes(StandardCharsets.US_ASCII);

  private final String cipher;
  private final String derivation;
  private final byte[] derivationOptions;
  private final PublicBlob publicKey;
  private final byte[] privateSection;
  private final byte[] tag;

  OpenSshKey(byte[] body) throws KeyFormatException {
    WireReader reader = new WireReader(body);
    if (!Arrays.equals(reader.take(MAGIC.length), MAGIC)) {
      throw new KeyFormatException("it does not begin with openssh-key-v1");
    }
    this.cipher = reader.text();
    this.derivation = reader.text();
    this.derivationOptions = reader.string();
    if (reader.uint32() != 1) {
      throw new KeyFormatException("it does not hold exactly one key");
    }
    this.publicKey = PublicBlob.of(reader.string());
    this.privateSection = reader.string();
    this.tag = reader.rest();
  }

  @Override
  public Optional<PublicBlob> publicKey() {
    return Optional.of(publicKey);
  }

  @Override
  public boolean isEncrypted() {
    return !cipher.equals("none");
  }

  @Override
  public SigningKey open(@Nullable SecretValue passphrase) throws IOException {
    byte[] section = section(passphrase);
    try {
      WireReader reader = new WireReader(section);
      int first = reader.uint32();
      int second = reader.uint32();
      if (first != second) {
        throw isEncrypted()
            ? new WrongPassphraseException()
            : new KeyFormatException("its private part is damaged");
      }
      return key(reader);
    } finally {
      Arrays.fill(section, (byte) 0);
    }
  }

  private byte[] section(@Nullable SecretValue passphrase) throws IOException {
    if (!isEncrypted()) {
      return privateSection.clone();
    }
    if (passphrase == null || passphrase.length() == 0) {
      throw new WrongPassphraseException();
    }
    return OpenSshCipher.of(cipher)
        .decrypt(privateSection, tag, derivation, derivationOptions, passphrase);
  }

  private static SigningKey key(WireReader reader) throws KeyFormatException {
    String type = reader.text();
    return switch (type) {
      case "ssh-ed25519" -> ed25519(reader);
      case "ssh-rsa" -> rsa(reader);
      case "ecdsa-sha2-nistp256", "ecdsa-sha2-nistp384", "ecdsa-sha2-nistp521" -> ecdsa(reader);
      case "ssh-dss" -> throw new KeyFormatException(DerKeys.NO_DSA);
      default ->
          throw new KeyFormatException(
              "keys of type " + type + " are not supported in files; an agent can hold them");
    };
  }

  private static SigningKey ed25519(WireReader reader) throws KeyFormatException {
    byte[] publicKey = reader.string();
    byte[] both = reader.string();
    byte[] seed = Arrays.copyOf(both, Math.min(both.length, 32));
    try {
      return SigningKeys.ed25519(seed, publicKey);
    } finally {
      Arrays.fill(both, (byte) 0);
      Arrays.fill(seed, (byte) 0);
    }
  }

  private static SigningKey ecdsa(WireReader reader) throws KeyFormatException {
    Curve curve = Curve.ofSshName(reader.text());
    return SigningKeys.ecdsa(curve, reader.string(), reader.mpint());
  }

  private static SigningKey rsa(WireReader reader) throws KeyFormatException {
    BigInteger n = reader.mpint();
    BigInteger e = reader.mpint();
    BigInteger d = reader.mpint();
    BigInteger coefficient = reader.mpint();
    BigInteger p = reader.mpint();
    BigInteger q = reader.mpint();
    if (p.compareTo(BigInteger.TWO) < 0 || q.compareTo(BigInteger.TWO) < 0) {
      throw new KeyFormatException("the RSA key is not valid");
    }
    BigInteger dp = d.mod(p.subtract(BigInteger.ONE));
    BigInteger dq = d.mod(q.subtract(BigInteger.ONE));
    return SigningKeys.rsa(new RSAPrivateCrtKeySpec(n, e, d, p, q, dp, dq, coefficient));
  }

  @Override
  public void wipe() {
    Arrays.fill(privateSection, (byte) 0);
  }
}
