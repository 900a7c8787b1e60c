package dev.postern.cli.status;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import dev.postern.core.file.Owner;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The folders of the sockets that {@code status} asks. Only their owner may enter them. */
public final class StatusPlaces {
  private static final Set<PosixFilePermission> OURS =
      EnumSet.of(
          PosixFilePermission.OWNER_READ,
          PosixFilePermission.OWNER_WRITE,
          PosixFilePermission.OWNER_EXECUTE);
  private static final FileAttribute<?> PRIVATE = PosixFilePermissions.asFileAttribute(OURS);

  private final Map<String, String> environment;
  private final Path home;
  private final Optional<String> distribution;

  /**
   * The places of one user.
   *
   * @param distribution whose processes see each other; empty for postern itself
   */
  public StatusPlaces(Map<String, String> environment, Path home, Optional<String> distribution) {
    this.environment = environment;
    this.home = home;
    this.distribution = distribution;
  }

  /**
   * The folder to listen in, which is made if it is not there.
   *
   * @throws IOException if there is none that is ours alone
   */
  Path toListenIn() throws IOException {
    Optional<Path> runtime = runtime();
    if (runtime.isPresent()) {
      return own(makeOwn(runtime.get().resolve("postern")));
    }
    if (!Files.isDirectory(home)) {
      throw new IOException("there is no folder " + home);
    }
    Path above = state().resolve("postern");
    expectOurs(above);
    Files.createDirectories(above, PRIVATE);
    if (Files.getFileStore(above).type().startsWith("nfs")) {
      // Another machine could not tell a socket that is in use from one that is not.
      throw new IOException("%s is on a network; set XDG_RUNTIME_DIR".formatted(above));
    }
    return own(makeOwn(above.resolve("run")));
  }

  /** As root under a home that is not root's, say: what we made there would be in its way. */
  private static void expectOurs(Path wanted) throws IOException {
    Path there = wanted;
    while (!Files.exists(there) && there.getParent() != null) {
      there = there.getParent();
    }
    Optional<String> stranger = Owner.stranger(there);
    if (stranger.isPresent()) {
      throw new IOException("%s belongs to %s".formatted(there, stranger.get()));
    }
  }

  private Path own(Path shared) throws IOException {
    return distribution.isEmpty() ? shared : makeOwn(shared.resolve(distribution.get()));
  }

  private static Path makeOwn(Path folder) throws IOException {
    try {
      Files.createDirectory(folder, PRIVATE);
    } catch (FileAlreadyExistsException e) {
      // Whose it is, is looked at below.
    }
    if (!isOurs(folder)) {
      throw new IOException("%s is not a folder that is yours alone (mode 0700)".formatted(folder));
    }
    return folder;
  }

  /** Where processes of ours may listen: the session's folder, and that of processes without. */
  List<Path> toLookIn() {
    return Stream.concat(
            runtime().map(folder -> folder.resolve("postern")).stream(),
            Stream.of(state().resolve("postern/run")))
        .map(folder -> distribution.map(folder::resolve).orElse(folder))
        .filter(StatusPlaces::isOursQuietly)
        .toList();
  }

  private Optional<Path> runtime() {
    String folder = environment.getOrDefault("XDG_RUNTIME_DIR", "");
    return Optional.of(folder)
        .filter(text -> text.startsWith("/"))
        .map(Path::of)
        .filter(StatusPlaces::isOursQuietly);
  }

  private Path state() {
    String folder = environment.getOrDefault("XDG_STATE_HOME", "");
    boolean usable = folder.startsWith("/") && Files.isDirectory(Path.of(folder));
    return usable ? Path.of(folder) : home.resolve(".local/state");
  }

  private static boolean isOursQuietly(Path folder) {
    try {
      return isOurs(folder);
    } catch (IOException | UnsupportedOperationException e) {
      return false;
    }
  }

  private static boolean isOurs(Path folder) throws IOException {
    PosixFileAttributes attributes =
        Files.readAttributes(folder, PosixFileAttributes.class, NOFOLLOW_LINKS);
    return attributes.isDirectory()
        && attributes.permissions().equals(OURS)
        && Owner.stranger(folder).isEmpty();
  }
}
