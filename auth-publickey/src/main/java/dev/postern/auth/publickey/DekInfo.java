package dev.postern.auth.publickey;

import dev.postern.api.secret.SecretValue;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.BadPaddingException;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * OpenSSL's old PEM encryption, named by a {@code DEK-Info} header (RFC 1421 section 4.6.1.3). Its
 * derivation is one round of MD5: weak, but it is what {@code ssh-keygen -m PEM} writes.
 */
final class DekInfo {
  private static final int SALT_LENGTH = 8;

  private final String cipher;
  private final int keyLength;
  private final byte[] iv;

  private DekInfo(String cipher, int keyLength, byte[] iv) {
    this.cipher = cipher;
    this.keyLength = keyLength;
    this.iv = iv;
  }

  static DekInfo parse(String header) throws KeyFormatException {
    int comma = header.indexOf(',');
    if (comma < 0) {
      throw new KeyFormatException("its DEK-Info header is damaged");
    }
    String name = header.substring(0, comma).strip();
    byte[] iv;
    try {
      iv = HexFormat.of().parseHex(header.substring(comma + 1).strip());
    } catch (IllegalArgumentException e) {
      throw new KeyFormatException("its DEK-Info header is damaged", e);
    }
    if (iv.length < SALT_LENGTH) {
      throw new KeyFormatException("its DEK-Info header is damaged");
    }
    return switch (name) {
      case "AES-128-CBC" -> new DekInfo("AES", 16, iv);
      case "AES-192-CBC" -> new DekInfo("AES", 24, iv);
      case "AES-256-CBC" -> new DekInfo("AES", 32, iv);
      case "DES-EDE3-CBC" -> new DekInfo("DESede", 24, iv);
      default ->
          throw new KeyFormatException(
              "its encryption " + name + " is not supported; write it anew with ssh-keygen -p");
    };
  }

  byte[] decrypt(byte[] body, SecretValue passphrase) throws IOException {
    byte[] secret = passphrase.utf8();
    byte[] key = new byte[0];
    try {
      key = derive(secret);
      Cipher decryption = Cipher.getInstance(cipher + "/CBC/PKCS5Padding");
      decryption.init(Cipher.DECRYPT_MODE, new SecretKeySpec(key, cipher), new IvParameterSpec(iv));
      return decryption.doFinal(body);
    } catch (BadPaddingException e) {
      throw new WrongPassphraseException();
    } catch (GeneralSecurityException e) {
      throw new KeyFormatException("its encryption is damaged", e);
    } finally {
      Arrays.fill(secret, (byte) 0);
      Arrays.fill(key, (byte) 0);
    }
  }

  private byte[] derive(byte[] secret) throws GeneralSecurityException {
    MessageDigest digest = MessageDigest.getInstance("MD5");
    byte[] key = new byte[keyLength];
    byte[] block = new byte[0];
    for (int filled = 0; filled < keyLength; filled += block.length) {
      digest.update(block);
      digest.update(secret);
      digest.update(iv, 0, SALT_LENGTH);
      block = digest.digest();
      System.arraycopy(block, 0, key, filled, Math.min(block.length, keyLength - filled));
    }
    return key;
  }
}
