package dev.postern.sftp;

import java.util.Optional;
import org.apiguardian.api.API;

/**
 * What came of a copy.
 *
 * @param files how many files are complete
 * @param bytes how many bytes were sent for them
 * @param failures how many files or folders were not copied
 * @param lost what ended the session before all was tried, if anything did
 */
@API(status = API.Status.EXPERIMENTAL, since = "1.0")
public record CopyResult(long files, long bytes, long failures, Optional<SftpException> lost) {
  /** Whether all of it was copied. */
  public boolean isComplete() {
    return failures == 0 && lost.isEmpty();
  }
}
