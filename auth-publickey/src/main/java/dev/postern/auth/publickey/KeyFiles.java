package dev.postern.auth.publickey;

import dev.postern.api.config.MisconfiguredException;
import dev.postern.api.secret.Secret;
import dev.postern.api.secret.SecretException;
import dev.postern.api.secret.SecretValue;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;

/** Reads identity and certificate files, and says what is wrong with one that is unusable. */
final class KeyFiles {
  private static final int MOST_OCTETS = 256 * 1024;

  private KeyFiles() {}

  /**
   * Reads an identity file.
   *
   * @throws MisconfiguredException if it is missing, unreadable, too open, or not a key
   */
  static KeyFile identity(Path path) {
    byte[] bytes = read(path, "identity");
    try {
      if (PemText.looksLikePem(bytes)) {
        checkPermissions(path);
        StoredKey stored = stored(bytes);
        Optional<PublicBlob> known = stored.publicKey().or(() -> beside(path));
        return new KeyFile(
            path.toString(), Optional.of(path), Optional.of(stored), known, digest(bytes));
      }
      Optional<PublicBlob> publicKey = PublicBlob.ofLine(bytes);
      if (publicKey.isEmpty()) {
        throw new KeyFormatException(whatElse(bytes));
      }
      return new KeyFile(
          path.toString(), Optional.of(path), Optional.empty(), publicKey, digest(bytes));
    } catch (KeyFormatException e) {
      throw new MisconfiguredException(
          "the identity '%s' is not a usable key: %s".formatted(path, e.getMessage()), e);
    } finally {
      Arrays.fill(bytes, (byte) 0);
    }
  }

  /**
   * Reads a private key that is in no file.
   *
   * @param name what messages call it
   * @throws MisconfiguredException if there is none, or it is not a private key
   */
  static KeyFile key(String name, Secret secret) {
    byte[] bytes;
    try (SecretValue value = secret.read()) {
      bytes = value.utf8();
    } catch (SecretException e) {
      throw new MisconfiguredException(
          "no private key for %s: %s".formatted(name, e.getMessage()), e);
    }
    try {
      if (!PemText.looksLikePem(bytes)) {
        throw new KeyFormatException("expected the text of an OpenSSH, PEM or PKCS#8 private key");
      }
      StoredKey stored = stored(bytes);
      return new KeyFile(
          name, Optional.empty(), Optional.of(stored), stored.publicKey(), digest(bytes));
    } catch (KeyFormatException e) {
      throw new MisconfiguredException(
          "%s is not a usable key: %s".formatted(name, e.getMessage()), e);
    } finally {
      Arrays.fill(bytes, (byte) 0);
    }
  }

  /**
   * Reads a certificate file.
   *
   * @throws MisconfiguredException if it is missing, unreadable, or not a certificate
   */
  static Certificate certificate(Path path) {
    byte[] bytes = read(path, "certificate");
    try {
      PublicBlob blob =
          PublicBlob.ofLine(bytes)
              .orElseThrow(() -> new KeyFormatException("it has no line of type and base64"));
      return Certificate.parse(blob);
    } catch (KeyFormatException e) {
      throw new MisconfiguredException(
          "the certificate '%s' is not usable: %s".formatted(path, e.getMessage()), e);
    }
  }

  /** The file of that name with something appended: {@code id_rsa.pub}. */
  static Path sibling(Path path, String suffix) {
    return path.resolveSibling(path.getFileName() + suffix);
  }

  private static Optional<PublicBlob> beside(Path path) {
    Path publicPath = sibling(path, ".pub");
    return Files.isRegularFile(publicPath)
        ? PublicBlob.ofLine(read(publicPath, "public key"))
        : Optional.empty();
  }

  private static StoredKey stored(byte[] bytes) throws KeyFormatException {
    PemText text = PemText.parse(bytes);
    if (text.label().equals(OpenSshKey.LABEL)) {
      OpenSshKey key = new OpenSshKey(text.body());
      Arrays.fill(text.body(), (byte) 0);
      return key;
    }
    if (PemKey.handles(text.label())) {
      return new PemKey(text);
    }
    if (text.label().equals("DSA PRIVATE KEY")) {
      throw new KeyFormatException(DerKeys.NO_DSA);
    }
    throw new KeyFormatException("a PEM block " + text.label() + " is not a private key");
  }

  private static String whatElse(byte[] bytes) {
    String start = new String(bytes, 0, Math.min(bytes.length, 64), StandardCharsets.ISO_8859_1);
    return start.startsWith("PuTTY-User-Key-File")
        ? "it is a PuTTY key; convert it with puttygen -O private-openssh"
        : "expected an OpenSSH, PEM or PKCS#8 private key, or a public key that an agent holds";
  }

  private static byte[] read(Path path, String kind) {
    if (Files.isDirectory(path)) {
      throw new MisconfiguredException(
          "the %s '%s' is a directory; name a file".formatted(kind, path));
    }
    if (Files.exists(path) && !Files.isRegularFile(path)) {
      throw new MisconfiguredException(
          "the %s '%s' is not a regular file; name a file".formatted(kind, path));
    }
    try (InputStream in = Files.newInputStream(path)) {
      byte[] bytes = in.readNBytes(MOST_OCTETS + 1);
      if (bytes.length > MOST_OCTETS) {
        throw new MisconfiguredException(
            "the %s '%s' is larger than any key: name a key file".formatted(kind, path));
      }
      return bytes;
    } catch (NoSuchFileException e) {
      throw new MisconfiguredException(
          "the %s '%s' does not exist; create it or correct the path".formatted(kind, path), e);
    } catch (AccessDeniedException e) {
      throw new MisconfiguredException(
          "the %s '%s' cannot be read: permission denied".formatted(kind, path), e);
    } catch (IOException e) {
      throw new MisconfiguredException(
          "the %s '%s' cannot be read: %s".formatted(kind, path, e.getMessage()), e);
    }
  }

  /** OpenSSH's rule: a private key of ours is for nobody else. */
  private static void checkPermissions(Path path) {
    PosixFileAttributeView view = Files.getFileAttributeView(path, PosixFileAttributeView.class);
    if (view == null) {
      return;
    }
    try {
      Set<PosixFilePermission> permissions = view.readAttributes().permissions();
      boolean ours = view.getOwner().getName().equals(System.getProperty("user.name"));
      int mode = mode(permissions);
      if (ours && (mode & 077) != 0) {
        throw new MisconfiguredException(
            "Permissions %04o for '%s' are too open; the key is accessible by others: chmod 600"
                .formatted(mode, path));
      }
    } catch (IOException e) {
      throw new MisconfiguredException(
          "the permissions of the identity '%s' cannot be read: %s".formatted(path, e.getMessage()),
          e);
    }
  }

  private static int mode(Set<PosixFilePermission> permissions) {
    String letters = PosixFilePermissions.toString(permissions);
    int mode = 0;
    for (int i = 0; i < letters.length(); i++) {
      mode = mode << 1 | (letters.charAt(i) == '-' ? 0 : 1);
    }
    return mode;
  }

  private static String digest(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
