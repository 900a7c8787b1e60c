package dev.postern.sftp;

import org.apiguardian.api.API;

/**
 * Hears of a copy as it goes on. Called by several threads at a time; must not block. Paths are
 * those of {@link Sftp}, and must be sanitised before they are shown.
 */
@API(status = API.Status.EXPERIMENTAL, since = "1.0")
public interface CopyListener {
  /** A file begins. Its size is what was told; the part that is there already is not sent again. */
  default void started(String source, String target, long size, long resumedAt) {}

  /** More of a file was copied. */
  default void progressed(String source, long bytes) {}

  /** A file is there, complete, under its name. */
  default void finished(String source, String target, long size) {}

  /** A file or folder was not copied; others go on, unless {@code failure} ends the session. */
  default void failed(String source, SftpException failure) {}
}
