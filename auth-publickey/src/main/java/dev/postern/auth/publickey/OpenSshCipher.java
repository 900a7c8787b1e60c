package dev.postern.auth.publickey;

import dev.postern.api.secret.SecretValue;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.spec.AlgorithmParameterSpec;
import java.util.Arrays;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.apache.sshd.common.config.keys.loader.openssh.kdf.BCrypt;

/**
 * How the private section of an OpenSSH key file is encrypted.
 *
 * @param transformation the JCA's name
 * @param keyLength in octets
 * @param ivLength in octets
 */
record OpenSshCipher(String transformation, int keyLength, int ivLength) {
  /** ssh-keygen writes 16 or 24 unless told; at this bound one try takes some seconds. */
  private static final int MOST_ROUNDS = 1000;

  private static final int TAG_BITS = 128;

  static OpenSshCipher of(String name) throws KeyFormatException {
    return switch (name) {
      case "aes128-ctr" -> new OpenSshCipher("AES/CTR/NoPadding", 16, 16);
      case "aes192-ctr" -> new OpenSshCipher("AES/CTR/NoPadding", 24, 16);
      case "aes256-ctr" -> new OpenSshCipher("AES/CTR/NoPadding", 32, 16);
      case "aes128-cbc" -> new OpenSshCipher("AES/CBC/NoPadding", 16, 16);
      case "aes192-cbc" -> new OpenSshCipher("AES/CBC/NoPadding", 24, 16);
      case "aes256-cbc" -> new OpenSshCipher("AES/CBC/NoPadding", 32, 16);
      case "3des-cbc" -> new OpenSshCipher("DESede/CBC/NoPadding", 24, 8);
      case "aes128-gcm@openssh.com" -> new OpenSshCipher("AES/GCM/NoPadding", 16, 12);
      case "aes256-gcm@openssh.com" -> new OpenSshCipher("AES/GCM/NoPadding", 32, 12);
      default ->
          throw new KeyFormatException(
              "it is encrypted with " + name + "; write it anew with ssh-keygen -p -Z aes256-ctr");
    };
  }

  byte[] decrypt(
      byte[] section, byte[] tag, String derivation, byte[] options, SecretValue passphrase)
      throws IOException {
    byte[] material = derive(derivation, options, passphrase);
    boolean authenticated = transformation.contains("GCM");
    String algorithm = transformation.substring(0, transformation.indexOf('/'));
    try {
      byte[] iv = Arrays.copyOfRange(material, keyLength, keyLength + ivLength);
      AlgorithmParameterSpec parameters =
          authenticated ? new GCMParameterSpec(TAG_BITS, iv) : new IvParameterSpec(iv);
      Cipher cipher = Cipher.getInstance(transformation);
      cipher.init(
          Cipher.DECRYPT_MODE, new SecretKeySpec(material, 0, keyLength, algorithm), parameters);
      if (!authenticated) {
        return cipher.doFinal(section);
      }
      byte[] input = Arrays.copyOf(section, section.length + tag.length);
      System.arraycopy(tag, 0, input, section.length, tag.length);
      return cipher.doFinal(input);
    } catch (AEADBadTagException e) {
      throw new WrongPassphraseException();
    } catch (GeneralSecurityException e) {
      throw new KeyFormatException("its private part is damaged", e);
    } finally {
      Arrays.fill(material, (byte) 0);
    }
  }

  private byte[] derive(String derivation, byte[] options, SecretValue passphrase)
      throws KeyFormatException {
    if (!derivation.equals("bcrypt")) {
      throw new KeyFormatException("its key derivation " + derivation + " is unknown");
    }
    WireReader reader = new WireReader(options);
    byte[] salt = reader.string();
    int rounds = reader.uint32();
    if (salt.length == 0 || rounds < 1 || rounds > MOST_ROUNDS) {
      throw new KeyFormatException(
          "it asks for %s rounds of bcrypt; 1 to %d are accepted"
              .formatted(Integer.toUnsignedString(rounds), MOST_ROUNDS));
    }
    byte[] secret = passphrase.utf8();
    byte[] material = new byte[keyLength + ivLength];
    try {
      new BCrypt().pbkdf(secret, salt, rounds, material);
      return material;
    } finally {
      Arrays.fill(secret, (byte) 0);
    }
  }
}
