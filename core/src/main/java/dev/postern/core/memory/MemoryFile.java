package dev.postern.core.memory;

import dev.postern.core.file.LockFile;
import dev.postern.core.file.Owner;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A file of what servers did, 0600, replaced as a whole. One that others own or may write, and one
 * that makes no sense, is as good as none; so is one that cannot be written.
 */
record MemoryFile(Path path) {
  private static final int SIZE_LIMIT = 512 * 1024;
  private static final Duration LOCK_WAIT = Duration.ofMillis(500);

  /** The place beside a known_hosts file; empty if there is no folder, or no such file is meant. */
  static Optional<Path> beside(Path knownHosts) {
    Path absolute = knownHosts.toAbsolutePath();
    Path folder = absolute.getParent();
    boolean special = Files.exists(absolute) && !Files.isRegularFile(absolute);
    return folder == null || special || !Files.isDirectory(folder)
        ? Optional.empty()
        : Optional.of(folder.resolve(absolute.getFileName() + ".postern"));
  }

  Contents read() {
    try {
      return isOurs() ? Contents.parse(text()) : Contents.empty();
    } catch (IOException e) {
      return Contents.empty();
    }
  }

  private boolean isOurs() throws IOException {
    return Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)
        && Owner.stranger(path).isEmpty()
        && !othersMayWrite();
  }

  private boolean othersMayWrite() throws IOException {
    if (!path.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      return false;
    }
    Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(path);
    return permissions.contains(PosixFilePermission.GROUP_WRITE)
        || permissions.contains(PosixFilePermission.OTHERS_WRITE);
  }

  private String text() throws IOException {
    try (InputStream input = Files.newInputStream(path, LinkOption.NOFOLLOW_LINKS)) {
      return new String(input.readNBytes(SIZE_LIMIT), StandardCharsets.US_ASCII);
    }
  }

  /**
   * Puts news into what the file says now, which other processes may have written. False if that
   * could not be done.
   */
  boolean update(Map<String, Optional<Remembered>> news) {
    try {
      return LockFile.holding(
          path,
          LOCK_WAIT,
          () -> {
            Contents contents = read();
            news.forEach(contents::put);
            replace(contents.text());
            return true;
          });
    } catch (IOException e) {
      return false; // it is a convenience; what cannot be kept is found out again
    }
  }

  private void replace(String text) throws IOException {
    Path folder = path.toAbsolutePath().getParent();
    Path fresh = Files.createTempFile(folder, "." + path.getFileName(), ".new");
    try {
      Files.writeString(fresh, text, StandardCharsets.US_ASCII);
      Files.move(fresh, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(fresh);
    }
  }
}
