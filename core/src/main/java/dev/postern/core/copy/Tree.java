package dev.postern.core.copy;

import dev.postern.sftp.FileInfo;
import dev.postern.sftp.FolderVisitor;
import dev.postern.sftp.SftpException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Files, on this machine or another. Names are written as {@link dev.postern.sftp.Sftp} says. */
public interface Tree {
  /** The paths that a source stands for; empty if it is a pattern that nothing matches. */
  List<String> expand(String source) throws IOException;

  /** A target as its person wrote it, as a path. */
  String target(String written);

  /** What is there, if anything is. */
  Optional<FileInfo> find(String path, boolean followLink) throws IOException;

  void list(String folder, FolderVisitor visitor) throws IOException;

  InputStream read(String path, long offset) throws IOException;

  /** At 0 the file is made anew; else what is behind the offset is replaced. */
  OutputStream write(String path, long offset, int mode) throws IOException;

  void makeFolder(String path, int mode) throws IOException;

  void remove(String path) throws IOException;

  /** Replaces what has the name. */
  void rename(String from, String to) throws IOException;

  void setMode(String path, int mode) throws IOException;

  void setTimes(String path, Instant accessed, Instant modified) throws IOException;

  /** The path without links. */
  String real(String path) throws IOException;

  /** Why a name cannot be one here, null if it can. */
  @Nullable String unfit(String name);

  /**
   * How many of the last bytes of a file are not sure to be there if its writing was broken off.
   */
  int unsure();

  /** That there is nothing of this path. */
  SftpException missing(String path);

  /** A failure in the words of all. */
  SftpException explain(String path, IOException failure);
}
