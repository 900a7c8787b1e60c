package dev.postern.core.hostkey;

import dev.postern.circuit.Phase;
import dev.postern.core.hop.HopFailure;
import dev.postern.problem.Code;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads files of revoked keys, one public key a line, as OpenSSH's {@code RevokedHostKeys}. What
 * cannot be read whole may have held the key at hand, so that no key is trusted then.
 */
final class RevokedKeysFile {
  private static final String KRL_MAGIC = "SSHKRL\n";
  private static final long LIMIT_BYTES = 16L * 1024 * 1024;
  private static final Path NULL_DEVICE = Path.of("/dev/null");

  private RevokedKeysFile() {}

  /**
   * A revoked key.
   *
   * @param key itself, or the one in a certificate
   * @param place file and line
   */
  record Revoked(HostKey key, String place) {}

  static List<Revoked> read(List<Path> files) throws HopFailure {
    List<Revoked> result = new ArrayList<>();
    for (Path file : files) {
      if (!file.equals(NULL_DEVICE)) {
        read(file, result);
      }
    }
    return result;
  }

  private static void read(Path file, List<Revoked> result) throws HopFailure {
    String text = text(file);
    if (text.startsWith(KRL_MAGIC)) {
      throw unusable(
          file,
          "it is a key revocation list in OpenSSH's binary form, which is not supported; list the keys as text, one a line",
          null);
    }
    String[] lines = text.split("\n", -1);
    for (int i = 0; i < lines.length; i++) {
      String place = file + ":" + (i + 1);
      try {
        key(lines[i].strip()).ifPresent(key -> result.add(new Revoked(key, place)));
      } catch (IllegalArgumentException | MalformedKeyException e) {
        throw unusable(file, "line " + (i + 1) + " is not a public key", e);
      }
    }
  }

  private static String text(Path file) throws HopFailure {
    try {
      if (Files.exists(file) && !Files.isRegularFile(file)) {
        throw unusable(file, "it is not a regular file", null);
      }
      if (Files.size(file) > LIMIT_BYTES) {
        throw unusable(file, "it has more than 16 MiB", null);
      }
      return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    } catch (NoSuchFileException e) {
      throw unusable(file, "there is no such file", e);
    } catch (AccessDeniedException e) {
      throw unusable(file, "permission denied", e);
    } catch (IOException e) {
      throw unusable(file, String.valueOf(e.getMessage()), e);
    }
  }

  /** Empty for a comment, and for a type of key that no host can show us. */
  private static Optional<HostKey> key(String line) throws MalformedKeyException {
    if (line.isEmpty() || line.startsWith("#")) {
      return Optional.empty();
    }
    String[] fields = line.split("[ \t]+", 3);
    if (fields.length < 2) {
      throw new MalformedKeyException("it has no key");
    }
    byte[] blob = Base64.getDecoder().decode(fields[1]);
    if (KeyType.ofCertificate(fields[0]).isPresent()) {
      return Optional.of(HostCertificate.parse(blob).key());
    }
    Optional<KeyType> type = KeyType.ofKey(fields[0]);
    if (type.isEmpty()) {
      return expectOtherType(fields[0], blob);
    }
    HostKey key = HostKey.parse(blob);
    if (key.type() != type.get()) {
      throw new MalformedKeyException("its key is of another type");
    }
    return Optional.of(key);
  }

  /** A key begins with its type; anything else is a mistake that may hide a key of ours. */
  private static Optional<HostKey> expectOtherType(String type, byte[] blob)
      throws MalformedKeyException {
    if (!new WireReader(blob).text().equals(type)) {
      throw new MalformedKeyException("its key is of another type");
    }
    return Optional.empty();
  }

  private static HopFailure unusable(Path file, String reason, @Nullable Throwable cause) {
    String sentence =
        "The file of revoked keys "
            + file
            + " cannot be used ("
            + reason
            + "), so no host key can be trusted; repair it, or take it out of revoked-host-keys.";
    return new HopFailure(Code.HOST_KEY_FILE_UNREADABLE, Phase.HOST_KEY, sentence, cause);
  }
}
