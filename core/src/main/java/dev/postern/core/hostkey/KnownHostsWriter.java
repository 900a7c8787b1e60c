package dev.postern.core.hostkey;

import dev.postern.core.file.LockFile;
import dev.postern.core.hop.HopFailure;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/** Adds lines to known_hosts files. */
final class KnownHostsWriter {
  private static final Duration LOCK_WAIT = Duration.ofSeconds(10);

  private final ReentrantLock threads = new ReentrantLock();

  /** Looks again, with the file locked, whether the line is still wanted. */
  interface Check {
    boolean isWanted() throws HopFailure;
  }

  /**
   * Adds a line if it is still wanted, and makes the file (0600) and its directories (0700) if they
   * are not there.
   *
   * @return whether it was wanted
   * @throws IOException if it could not be saved
   */
  boolean add(Path file, String line, Check check) throws IOException, HopFailure {
    Path target = resolve(file);
    threads.lock();
    try {
      return LockFile.holding(target, LOCK_WAIT, () -> addLocked(target, line, check));
    } finally {
      threads.unlock();
    }
  }

  private static boolean addLocked(Path target, String line, Check check)
      throws IOException, HopFailure {
    if (!check.isWanted()) {
      return false;
    }
    append(target, line);
    return true;
  }

  /** The file behind all symbolic links, so that everybody takes the same lock. */
  private static Path resolve(Path file) throws IOException {
    Path absolute = file.toAbsolutePath();
    if (Files.exists(absolute)) {
      return absolute.toRealPath();
    }
    Path parent = absolute.getParent();
    if (parent == null) {
      return absolute;
    }
    Files.createDirectories(parent, permissions(parent, "rwx------"));
    return parent.toRealPath().resolve(absolute.getFileName());
  }

  private static void append(Path target, String line) throws IOException {
    String start = endsInLine(target) ? "" : "\n";
    ByteBuffer bytes = ByteBuffer.wrap((start + line + "\n").getBytes(StandardCharsets.UTF_8));
    try (FileChannel channel = open(target, StandardOpenOption.APPEND)) {
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
    }
  }

  private static boolean endsInLine(Path target) throws IOException {
    if (!Files.exists(target)) {
      return true;
    }
    try (FileChannel channel = FileChannel.open(target, StandardOpenOption.READ)) {
      ByteBuffer last = ByteBuffer.allocate(1);
      long size = channel.size();
      return size == 0 || (channel.read(last, size - 1) == 1 && last.get(0) == '\n');
    }
  }

  private static FileChannel open(Path file, StandardOpenOption how) throws IOException {
    return FileChannel.open(
        file, EnumSet.of(StandardOpenOption.CREATE, how), permissions(file, "rw-------"));
  }

  private static FileAttribute<?>[] permissions(Path path, String permissions) {
    Set<String> views = path.getFileSystem().supportedFileAttributeViews();
    return views.contains("posix")
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
        }
        : new FileAttribute<?>[0];
  }
}
