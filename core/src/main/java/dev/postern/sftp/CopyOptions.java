package dev.postern.sftp;

import org.apiguardian.api.API;

/**
 * How to copy.
 *
 * @param recursive whether folders are copied, with all that is in them
 * @param preserve whether copies get the times and the whole mode of what they are copies of,
 *     setuid and setgid bits included; else new files get its permissions, less the umask
 * @param resume whether to go on with a copy that was broken off; else it begins anew
 * @param intoFolder whether the target must be a folder already
 * @param parallel how many files are copied at a time, at least 1
 */
@API(status = API.Status.EXPERIMENTAL, since = "1.0")
public record CopyOptions(
    boolean recursive, boolean preserve, boolean resume, boolean intoFolder, int parallel) {
  private static final int USUAL_PARALLEL = 16;

  /** Checks the number. */
  public CopyOptions {
    if (parallel < 1) {
      throw new IllegalArgumentException("parallel is " + parallel + ", below 1");
    }
  }

  /** Files only, nothing preserved, resuming, 16 at a time. */
  public static CopyOptions usual() {
    return new CopyOptions(false, false, true, false, USUAL_PARALLEL);
  }

  /** The same with folders. */
  public CopyOptions withFolders() {
    return new CopyOptions(true, preserve, resume, intoFolder, parallel);
  }

  /** The same with times and modes. */
  public CopyOptions preserving() {
    return new CopyOptions(recursive, true, resume, intoFolder, parallel);
  }

  /** The same, but each copy begins anew. */
  public CopyOptions withoutResuming() {
    return new CopyOptions(recursive, preserve, false, intoFolder, parallel);
  }

  /** The same, but the target must be a folder. */
  public CopyOptions intoExistingFolder() {
    return new CopyOptions(recursive, preserve, resume, true, parallel);
  }
}
