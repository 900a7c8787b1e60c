package dev.postern.core.copy;

import dev.postern.sftp.FileInfo;
import dev.postern.sftp.FileKind;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** Modes and times of this machine's files. */
final class LocalAttributes {
  private static final String MODE = "unix:mode";

  /** In the order of the bits, from the highest. */
  private static final PosixFilePermission[] PERMISSIONS = PosixFilePermission.values();

  private final boolean unix;
  private final boolean posix;

  LocalAttributes(FileSystem files) {
    this.unix = files.supportedFileAttributeViews().contains("unix");
    this.posix = files.supportedFileAttributeViews().contains("posix");
  }

  FileInfo read(Path path, boolean followLink) throws IOException {
    LinkOption[] options =
        followLink ? new LinkOption[0] : new LinkOption[] {LinkOption.NOFOLLOW_LINKS};
    BasicFileAttributes read = Files.readAttributes(path, BasicFileAttributes.class, options);
    OptionalInt mode =
        unix
            ? OptionalInt.of((Integer) Files.getAttribute(path, MODE, options) & 07777)
            : OptionalInt.empty();
    return new FileInfo(
        kind(read), read.size(), mode, time(read.lastModifiedTime()), time(read.lastAccessTime()));
  }

  private static FileKind kind(BasicFileAttributes read) {
    if (read.isRegularFile()) {
      return FileKind.FILE;
    }
    if (read.isDirectory()) {
      return FileKind.FOLDER;
    }
    return read.isSymbolicLink() ? FileKind.LINK : FileKind.OTHER;
  }

  private static Optional<Instant> time(FileTime time) {
    return Optional.of(time.toInstant().truncatedTo(ChronoUnit.SECONDS));
  }

  /** The system takes its umask off. */
  FileAttribute<?>[] ofNew(int mode) {
    return posix
        ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(permissions(mode))}
        : new FileAttribute<?>[0];
  }

  private static Set<PosixFilePermission> permissions(int mode) {
    Set<PosixFilePermission> permissions = EnumSet.noneOf(PosixFilePermission.class);
    for (int i = 0; i < PERMISSIONS.length; i++) {
      if ((mode & (0400 >> i)) != 0) {
        permissions.add(PERMISSIONS[i]);
      }
    }
    return permissions;
  }

  void setMode(Path path, int mode) throws IOException {
    if (unix) {
      Files.setAttribute(path, MODE, mode & 07777);
    } else if (posix) {
      Files.setPosixFilePermissions(path, permissions(mode));
    }
  }

  void setTimes(Path path, Instant accessed, Instant modified) throws IOException {
    Files.getFileAttributeView(path, BasicFileAttributeView.class)
        .setTimes(FileTime.from(modified), FileTime.from(accessed), null);
  }
}
