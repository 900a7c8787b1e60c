package dev.postern.auth.publickey;

import dev.postern.api.secret.SecretValue;
import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.BadPaddingException;
import javax.crypto.Cipher;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Encrypted PKCS#8 by PBES2 with PBKDF2 (RFC 8018 section 6.2). The JDK's own reader takes only
 * ASCII passphrases.
 */
final class Pbes2 {
  private static final String PBES2 = "1.2.840.113549.1.5.13";
  private static final String PBKDF2 = "1.2.840.113549.1.5.12";
  private static final int MOST_ITERATIONS = 10_000_000;

  private Pbes2() {}

  static byte[] decrypt(byte[] der, SecretValue passphrase) throws IOException {
    DerReader info = new DerReader(der).sequence();
    DerReader scheme = info.sequence();
    String identifier = scheme.objectIdentifier();
    if (!identifier.equals(PBES2)) {
      throw unsupported(identifier);
    }
    DerReader parameters = scheme.sequence();
    DerReader derivation = parameters.sequence();
    DerReader encryption = parameters.sequence();
    Encryption cipher = Encryption.of(encryption.objectIdentifier());
    byte[] key = derive(derivation, cipher.keyLength(), passphrase);
    try {
      Cipher decryption = Cipher.getInstance(cipher.name() + "/CBC/PKCS5Padding");
      decryption.init(
          Cipher.DECRYPT_MODE,
          new SecretKeySpec(key, cipher.name()),
          new IvParameterSpec(encryption.octets()));
      return decryption.doFinal(info.octets());
    } catch (BadPaddingException e) {
      throw new WrongPassphraseException();
    } catch (GeneralSecurityException e) {
      throw new KeyFormatException("its encryption is damaged", e);
    } finally {
      Arrays.fill(key, (byte) 0);
    }
  }

  private static byte[] derive(DerReader derivation, int length, SecretValue passphrase)
      throws IOException {
    String identifier = derivation.objectIdentifier();
    if (!identifier.equals(PBKDF2)) {
      throw unsupported(identifier);
    }
    DerReader parameters = derivation.sequence();
    byte[] salt = parameters.octets();
    int iterations = parameters.integer().min(BigInteger.valueOf(Integer.MAX_VALUE)).intValue();
    if (salt.length == 0 || iterations < 1 || iterations > MOST_ITERATIONS) {
      throw new KeyFormatException(
          "it asks for %d iterations of PBKDF2; 1 to %d are accepted"
              .formatted(iterations, MOST_ITERATIONS));
    }
    if (parameters.isAtInteger()) {
      parameters.integer();
    }
    String hash = parameters.isAtSequence() ? hash(parameters.sequence()) : "SHA1";
    char[] characters = passphrase.chars();
    PBEKeySpec spec = new PBEKeySpec(characters, salt, iterations, length * Byte.SIZE);
    try {
      return SecretKeyFactory.getInstance("PBKDF2WithHmac" + hash)
          .generateSecret(spec)
          .getEncoded();
    } catch (GeneralSecurityException e) {
      throw new KeyFormatException("its key cannot be derived", e);
    } finally {
      spec.clearPassword();
      Arrays.fill(characters, '\0');
    }
  }

  private static String hash(DerReader algorithm) throws KeyFormatException {
    String identifier = algorithm.objectIdentifier();
    return switch (identifier) {
      case "1.2.840.113549.2.7" -> "SHA1";
      case "1.2.840.113549.2.8" -> "SHA224";
      case "1.2.840.113549.2.9" -> "SHA256";
      case "1.2.840.113549.2.10" -> "SHA384";
      case "1.2.840.113549.2.11" -> "SHA512";
      default -> throw unsupported(identifier);
    };
  }

  private static KeyFormatException unsupported(String identifier) {
    return new KeyFormatException(
        "its encryption "
            + identifier
            + " is not supported; write it anew with openssl pkcs8 -topk8 -v2 aes-256-cbc");
  }

  private record Encryption(String name, int keyLength) {
    static Encryption of(String identifier) throws KeyFormatException {
      return switch (identifier) {
        case "2.16.840.1.101.3.4.1.2" -> new Encryption("AES", 16);
        case "2.16.840.1.101.3.4.1.22" -> new Encryption("AES", 24);
        case "2.16.840.1.101.3.4.1.42" -> new Encryption("AES", 32);
        case "1.2.840.113549.3.7" -> new Encryption("DESede", 24);
        default -> throw unsupported(identifier);
      };
    }
  }
}
