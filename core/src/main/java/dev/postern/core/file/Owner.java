package dev.postern.core.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Whom a file belongs to. */
public final class Owner {
  private Owner() {}

  /**
   * The name of the owner if that is neither who we run as nor root. Empty where files have no
   * owners, or we have no name.
   *
   * @throws IOException if the owner cannot be read
   */
  public static Optional<String> stranger(Path file) throws IOException {
    String user = System.getProperty("user.name");
    try {
      String owner = Files.getOwner(file).getName();
      boolean trusted = owner.equals(user) || owner.equals("root") || user.equals("?");
      return trusted ? Optional.empty() : Optional.of(owner);
    } catch (UnsupportedOperationException e) {
      return Optional.empty();
    }
  }
}
