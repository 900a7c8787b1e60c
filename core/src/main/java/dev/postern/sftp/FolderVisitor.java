package dev.postern.sftp;

import java.io.IOException;
import org.apiguardian.api.API;

/** Is shown the entries of a folder as they arrive. */
@API(status = API.Status.EXPERIMENTAL, since = "1.0")
@FunctionalInterface
public interface FolderVisitor {
  /** Called on the thread that lists. What it throws ends the listing. */
  void entry(FolderEntry entry) throws IOException;
}
