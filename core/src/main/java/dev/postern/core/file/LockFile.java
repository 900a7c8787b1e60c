package dev.postern.core.file;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Keeps other processes, and other holders in this one, from writing a file. The lock is a file
 * beside it, which stays: a POSIX lock on the file itself would be lost as soon as any other thread
 * had read and closed it.
 */
public final class LockFile {
  private static final long RETRY_NANOS = 10_000_000;

  private LockFile() {}

  /** What is done while the lock is held. */
  @FunctionalInterface
  public interface Action<T, E extends Exception> {
    /** Does it. */
    T run() throws IOException, E;
  }

  /**
   * Does something with a file locked, which need not be there.
   *
   * @throws IOException if another holds it for longer than that, or the lock cannot be made
   */
  public static <T, E extends Exception> T holding(Path file, Duration limit, Action<T, E> action)
      throws IOException, E {
    Path lockFile = file.resolveSibling("." + file.getFileName() + ".lock");
    Set<OpenOption> how =
        Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
    try (FileChannel channel = FileChannel.open(lockFile, how, ownerOnly(lockFile))) {
      lock(channel, lockFile, limit);
      return action.run();
    }
  }

  private static void lock(FileChannel channel, Path lockFile, Duration limit) throws IOException {
    long end = System.nanoTime() + limit.toNanos();
    while (tryLock(channel) == null) {
      if (Thread.currentThread().isInterrupted()) {
        throw new IOException("interrupted while waiting for " + lockFile);
      }
      if (System.nanoTime() - end > 0) {
        throw new IOException(lockFile + " is locked by another process");
      }
      LockSupport.parkNanos(RETRY_NANOS);
    }
  }

  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      return null; // held by another in this process
    }
  }

  private static FileAttribute<?>[] ownerOnly(Path path) {
    return path.getFileSystem().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
        }
        : new FileAttribute<?>[0];
  }
}
