package dev.postern.integration;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Keys and certificates, made by ssh-keygen. */
final class Keys {
  private Keys() {}

  static Path generate(Path folder, String type, String... more) {
    return generateWithPassphrase(folder, type, "", more);
  }

  static Path generateWithPassphrase(Path folder, String type, String passphrase, String... more) {
    Path key = folder.resolve("id_" + type + "_" + UUID.randomUUID());
    List<String> command =
        new ArrayList<>(
            List.of(
                "ssh-keygen",
                "-q",
                "-t",
                type,
                "-N",
                passphrase,
                "-C",
                "test@postern",
                "-f",
                key.toString()));
    command.addAll(List.of(more));
    Commands.run(command, "");
    return key;
  }

  static String publicLine(Path key) {
    try {
      return Files.readString(Path.of(key + ".pub")).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Signs a user's key; the certificate lies beside it as {@code -cert.pub}. */
  static void signUser(Path authority, Path key, String principal) {
    Commands.run(
        "ssh-keygen",
        "-q",
        "-s",
        authority.toString(),
        "-I",
        "test",
        "-n",
        principal,
        "-V",
        "+1h",
        key + ".pub");
  }

  /** Signs a host's key. */
  static void signHost(Path authority, Path key, String principal) {
    Commands.run(
        "ssh-keygen",
        "-q",
        "-s",
        authority.toString(),
        "-h",
        "-I",
        "host",
        "-n",
        principal,
        "-V",
        "+1h",
        key + ".pub");
  }
}
