package dev.postern.core.sshd.sftp;

import dev.postern.sftp.FileInfo;
import dev.postern.sftp.FileKind;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.apache.sshd.sftp.client.SftpClient.Attribute;
import org.apache.sshd.sftp.client.SftpClient.Attributes;
import org.jspecify.annotations.Nullable;

/** MINA's attributes as our own. */
final class FileInfos {
  private static final int KIND = 0170000;
  private static final int LINK = 0120000;
  private static final int FILE = 0100000;
  private static final int FOLDER = 0040000;
  private static final int MODE = 07777;

  private FileInfos() {}

  /** A negative size is one above 2^63: no file has it. */
  static FileInfo of(Attributes attributes) {
    Set<Attribute> told = attributes.getFlags();
    boolean hasMode = told.contains(Attribute.Perms);
    int mode = attributes.getPermissions();
    return new FileInfo(
        hasMode ? kind(mode) : FileKind.OTHER,
        told.contains(Attribute.Size) ? size(attributes.getSize()) : 0,
        hasMode ? OptionalInt.of(mode & MODE) : OptionalInt.empty(),
        time(told.contains(Attribute.ModifyTime) ? attributes.getModifyTime() : null),
        time(told.contains(Attribute.AccessTime) ? attributes.getAccessTime() : null));
  }

  private static long size(long size) {
    if (size < 0) {
      throw new IllegalArgumentException("a size of " + Long.toUnsignedString(size) + " bytes");
    }
    return size;
  }

  private static FileKind kind(int mode) {
    return switch (mode & KIND) {
      case FILE -> FileKind.FILE;
      case FOLDER -> FileKind.FOLDER;
      case LINK -> FileKind.LINK;
      default -> FileKind.OTHER;
    };
  }

  private static Optional<Instant> time(@Nullable FileTime time) {
    return Optional.ofNullable(time).map(FileTime::toInstant);
  }
}
