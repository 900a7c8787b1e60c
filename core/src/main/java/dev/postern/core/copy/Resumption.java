package dev.postern.core.copy;

import dev.postern.sftp.FileInfo;
import dev.postern.sftp.SftpException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Optional;

/**
 * Where a copy can go on. Its part has the version of the source in its name; that it holds the
 * same bytes is seen by reading pieces of both: the beginning, the end, and some between.
 */
record Resumption(Tree from, Tree to, String source, String part, FileInfo info) {
  private static final int EDGE = 256 << 10;
  private static final int BLOCK = 64 << 10;
  private static final int PIECE = 16 << 10;
  private static final int PIECES = 8;

  /** 0 if it must begin anew. */
  long offset() throws IOException {
    Optional<FileInfo> there = to.find(part, false).filter(FileInfo::isFile);
    long size = there.map(FileInfo::size).orElse(0L);
    if (size == 0 || size > info.size() || info.modified().isEmpty()) {
      return 0;
    }
    int edge = (int) Math.min(EDGE, size);
    int end = (int) Math.min(Math.max(EDGE, to.unsure()), size);
    if (!same(0, edge) || !same(size - end, end)) {
      return 0;
    }
    for (int i = 1; i <= PIECES && size > 2L * EDGE; i++) {
      if (!same(size / (PIECES + 1) * i, PIECE)) {
        return 0;
      }
    }
    return size;
  }

  private boolean same(long offset, int length) throws IOException {
    try (InputStream original = opened(from, source, offset);
        InputStream copy = opened(to, part, offset)) {
      for (int left = length; left > 0; ) {
        int count = Math.min(left, BLOCK);
        if (!Arrays.equals(bytes(from, source, original, count), bytes(to, part, copy, count))) {
          return false;
        }
        left -= count;
      }
      return true;
    }
  }

  private static InputStream opened(Tree tree, String path, long offset) throws SftpException {
    try {
      return tree.read(path, offset);
    } catch (IOException e) {
      throw tree.explain(path, e);
    }
  }

  private static byte[] bytes(Tree tree, String path, InputStream input, int length)
      throws SftpException {
    try {
      return input.readNBytes(length);
    } catch (IOException e) {
      throw tree.explain(path, e);
    }
  }
}
