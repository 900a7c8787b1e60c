package dev.postern.core.copy;

import dev.postern.core.text.Sanitiser;
import dev.postern.problem.Code;
import dev.postern.sftp.FileInfo;
import dev.postern.sftp.SftpException;
import java.io.IOException;
import java.util.Optional;

/**
 * How much a file may give. A log grows while it is copied, and what the kernel makes up has a size
 * of 0; but a file that neither is longer than its server says nor ends is not copied for ever.
 */
final class Expected {
  private static final long MADE_UP = 256L << 20;

  private final Tree tree;
  private final String path;
  private final FileInfo info;
  private long limit;

  Expected(Tree tree, String path, FileInfo info) {
    this.tree = tree;
    this.path = path;
    this.info = info;
    this.limit = info.size() == 0 ? MADE_UP : info.size();
  }

  void allow(long position) throws IOException {
    if (position <= limit) {
      return;
    }
    limit = now().map(FileInfo::size).orElse(0L);
    if (position > limit) {
      throw changed("it gave more than the %d bytes that it is said to have".formatted(limit));
    }
  }

  /** At the end: not less than there is, and one file from its beginning to its end. */
  void check(long position, boolean resumed) throws IOException {
    if (!resumed && (position == info.size() || info.size() == 0)) {
      return;
    }
    Optional<FileInfo> now = now();
    long size = now.map(FileInfo::size).orElse(0L);
    if (position != size) {
      throw changed("it ended after %d bytes, and has %d".formatted(position, size));
    }
    if (resumed && !now.flatMap(FileInfo::modified).equals(info.modified())) {
      throw changed("it was changed while its copy went on");
    }
  }

  private Optional<FileInfo> now() throws IOException {
    return tree.find(path, true);
  }

  private SftpException changed(String what) {
    return new SftpException(
        Code.FILE_CHANGED, "%s: %s; copy it again".formatted(Sanitiser.line(path), what));
  }
}
