package dev.postern.sftp;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import org.apiguardian.api.API;

/**
 * What a server, or this machine, tells of a file.
 *
 * @param kind what it is
 * @param size in bytes; 0 where it is not told
 * @param mode the permissions, setuid, setgid and sticky bits (the lowest 12 of {@code st_mode}),
 *     if told
 * @param modified the last change of its contents, in whole seconds, if told
 * @param accessed the last access, in whole seconds, if told
 */
@API(status = API.Status.EXPERIMENTAL, since = "1.0")
public record FileInfo(
    FileKind kind,
    long size,
    OptionalInt mode,
    Optional<Instant> modified,
    Optional<Instant> accessed) {
  /** None of them may be null. */
  public FileInfo {
    requireNonNull(kind, "kind is null");
    requireNonNull(mode, "mode is null");
    requireNonNull(modified, "modified is null");
    requireNonNull(accessed, "accessed is null");
  }

  /** Whether it is a regular file. */
  public boolean isFile() {
    return kind == FileKind.FILE;
  }

  /** Whether it is a folder. */
  public boolean isFolder() {
    return kind == FileKind.FOLDER;
  }

  /** Whether it is a symbolic link. */
  public boolean isLink() {
    return kind == FileKind.LINK;
  }
}
