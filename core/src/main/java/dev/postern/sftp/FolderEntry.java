package dev.postern.sftp;

import static java.util.Objects.requireNonNull;

import org.apiguardian.api.API;

/**
 * A name in a folder, exactly as the server says it: it may be anything, {@code ../x} too. Whoever
 * makes a local path of it must look at it first.
 *
 * @param name the name, written as {@link Sftp} says
 * @param info what it stands for; links are not followed
 */
@API(status = API.Status.EXPERIMENTAL, since = "1.0")
public record FolderEntry(String name, FileInfo info) {
  /** Neither may be null. */
  public FolderEntry {
    requireNonNull(name, "name is null");
    requireNonNull(info, "info is null");
  }
}
