package dev.postern.core.copy;

import dev.postern.core.text.Sanitiser;
import dev.postern.problem.Code;
import dev.postern.sftp.FileInfo;
import dev.postern.sftp.FolderVisitor;
import dev.postern.sftp.Sftp;
import dev.postern.sftp.SftpException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The files of a server. */
public final class RemoteTree implements Tree {
  /** What a session has under way at most. */
  private static final int UNANSWERED = 8 << 20;

  private final Sftp sftp;

  /** Over a session, which stays open. */
  public RemoteTree(Sftp sftp) {
    this.sftp = sftp;
  }

  /** SFTP begins where the shell's tilde is. */
  @Override
  public String target(String written) {
    if (written.isEmpty() || written.equals("~") || written.equals("~/")) {
      return ".";
    }
    return written.startsWith("~/") ? written.substring(2) : written;
  }

  @Override
  public List<String> expand(String source) throws IOException {
    String path = target(source);
    if (!Glob.isPattern(path) || find(path, false).isPresent()) {
      return List.of(path);
    }
    List<String> found = new ArrayList<>(List.of(path.startsWith("/") ? "/" : "."));
    for (String part : path.split("/")) {
      if (part.isEmpty()) {
        continue;
      }
      found = Glob.hasWildcard(part) ? matching(found, part) : existing(found, Glob.literal(part));
    }
    return found.stream().sorted().toList();
  }

  private List<String> existing(List<String> folders, String name) throws IOException {
    List<String> found = new ArrayList<>();
    for (String folder : folders) {
      String path = TreePaths.join(folder, name);
      if (find(path, false).isPresent()) {
        found.add(path);
      }
    }
    return found;
  }

  private List<String> matching(List<String> folders, String pattern) throws IOException {
    List<String> found = new ArrayList<>();
    for (String folder : folders) {
      if (find(folder, true).filter(FileInfo::isFolder).isEmpty()) {
        continue;
      }
      sftp.list(
          folder,
          entry -> {
            String name = entry.name();
            if (SafeNames.unfit(name) == null && Glob.matches(pattern, name)) {
              found.add(TreePaths.join(folder, name));
            }
          });
    }
    return found;
  }

  @Override
  public Optional<FileInfo> find(String path, boolean followLink) throws IOException {
    try {
      return Optional.of(followLink ? sftp.stat(path) : sftp.lstat(path));
    } catch (SftpException e) {
      if (e.code() == Code.FILE_NOT_FOUND) {
        return Optional.empty();
      }
      throw e;
    }
  }

  @Override
  public void list(String folder, FolderVisitor visitor) throws IOException {
    sftp.list(folder, visitor);
  }

  @Override
  public InputStream read(String path, long offset) throws IOException {
    return sftp.read(path, offset);
  }

  @Override
  public OutputStream write(String path, long offset, int mode) throws IOException {
    return sftp.write(path, offset, mode);
  }

  @Override
  public void makeFolder(String path, int mode) throws IOException {
    sftp.makeFolder(path, mode);
  }

  @Override
  public void remove(String path) throws IOException {
    sftp.remove(path);
  }

  @Override
  public void rename(String from, String to) throws IOException {
    sftp.rename(from, to);
  }

  @Override
  public void setMode(String path, int mode) throws IOException {
    sftp.setMode(path, mode);
  }

  @Override
  public void setTimes(String path, Instant accessed, Instant modified) throws IOException {
    sftp.setTimes(path, accessed, modified);
  }

  @Override
  public String real(String path) throws IOException {
    return sftp.realPath(path);
  }

  @Override
  public @Nullable String unfit(String name) {
    return SafeNames.unfit(name);
  }

  /** Writes run ahead of their answers, and some servers do them in no order. */
  @Override
  public int unsure() {
    return UNANSWERED;
  }

  @Override
  public SftpException missing(String path) {
    return new SftpException(
        Code.FILE_NOT_FOUND, Sanitiser.line(path) + ": the server has no such file");
  }

  @Override
  public SftpException explain(String path, IOException failure) {
    return failure instanceof SftpException known
        ? known
        : new SftpException(Code.FILE_FAILED, Explained.words(path, failure), failure);
  }
}
