package dev.postern.sftp;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.apiguardian.api.API;

/**
 * Files at the end of a circuit, over one channel (draft-ietf-secsh-filexfer-02). Safe for use by
 * several threads, whose requests are under way at the same time. No argument may be null, and
 * nothing that is returned is.
 *
 * <p>A path that does not begin with {@code /} counts from where the server begins, which is the
 * user's home. A server's names are bytes. They are read as UTF-8; a byte that is not, becomes a
 * lone surrogate from U+DC80 to U+DCFF, and is the same byte again when the name is sent. So every
 * name can be told, and none of these can be mistaken for another; sanitise them before they are
 * shown.
 *
 * <p>Calls block, and fail with an {@link SftpException}: {@code PST-X002} if there is no such
 * file, {@code PST-X003} if it is not permitted, {@code PST-X004} with the server's words for the
 * rest; {@code PST-T009} if the link is lost, {@code PST-X014} if the server ends it, {@code
 * PST-T012} if this is closed. A server that breaks the rules of the protocol is left with {@code
 * PST-X005}, one that does not answer for two minutes with {@code PST-X006}. An interrupted call
 * throws {@link java.io.InterruptedIOException}; if it was about to send something, that closes
 * this.
 */
@API(status = API.Status.EXPERIMENTAL, since = "1.0")
public interface Sftp extends AutoCloseable {
  /** The absolute path, as the server sees it; {@code .} is where it begins. */
  String realPath(String path) throws IOException;

  /** What the path stands for; links are followed. */
  FileInfo stat(String path) throws IOException;

  /** What the path stands for; it may be a link. */
  FileInfo lstat(String path) throws IOException;

  /**
   * Shows what is in a folder, as it arrives, without {@code .} and {@code ..}. Of a folder without
   * end, no more than ten million entries are shown.
   */
  void list(String folder, FolderVisitor visitor) throws IOException;

  /** What is in a folder, without {@code .} and {@code ..}, in the server's order. */
  default List<FolderEntry> list(String folder) throws IOException {
    List<FolderEntry> entries = new ArrayList<>();
    list(folder, entries::add);
    return entries;
  }

  /**
   * Reads a file. Requests run ahead of the reader, at most 8 MiB for all streams together.
   *
   * @param offset of the first byte that is read; at or behind the end, none is
   */
  InputStream read(String path, long offset) throws IOException;

  /** Reads a whole file. */
  default InputStream read(String path) throws IOException {
    return read(path, 0);
  }

  /**
   * Writes a file, which is made if there is none. What was written is known to have arrived when
   * {@code close} returns; a failure is told by the next call, at the latest by {@code close}.
   *
   * @param offset where to begin; what is there before it stays. At 0 the file is emptied first
   * @param mode the permissions of a new file, less the server's umask
   */
  OutputStream write(String path, long offset, int mode) throws IOException;

  /**
   * Makes a folder.
   *
   * @param mode its permissions, less the server's umask
   */
  void makeFolder(String path, int mode) throws IOException;

  /** Removes a file or a link. */
  void remove(String path) throws IOException;

  /** Removes an empty folder. */
  void removeFolder(String path) throws IOException;

  /**
   * Gives a file another name. A file of that name is replaced, in one step where the server offers
   * {@code posix-rename@openssh.com}; else it is removed first.
   */
  void rename(String from, String to) throws IOException;

  /** What a link says. */
  String readLink(String path) throws IOException;

  /**
   * Makes a symbolic link.
   *
   * @param link where it is made
   * @param says what it points to
   */
  void makeLink(String link, String says) throws IOException;

  /** Sets the lowest 12 bits of the mode: permissions, setuid, setgid and sticky. */
  void setMode(String path, int mode) throws IOException;

  /** Sets the times, in whole seconds. */
  void setTimes(String path, Instant accessed, Instant modified) throws IOException;

  /** Whether the server announced an extension of this name: {@code check-file}. */
  boolean offers(String extension);

  /**
   * Copies from the server. Only names that were asked for are taken, and nothing is written
   * outside the target: a server's name that leads out of it is refused with {@code PST-X007}. A
   * file has its name when it is complete; before, and if the copy breaks, {@code
   * NAME.xxxxxxxx.part} stands beside it, and the next copy of the same file goes on from there.
   *
   * @param sources paths; {@code *}, {@code ?} and {@code […]} match names that the server has,
   *     unless a file of exactly that path is there
   * @param target a folder to copy into, or with one source the name to copy to
   * @throws java.io.InterruptedIOException if the calling thread is interrupted; the copy stops
   */
  CopyResult download(List<String> sources, Path target, CopyOptions options, CopyListener listener)
      throws IOException;

  /**
   * Copies to the server, as {@link #download} does from it.
   *
   * @param sources paths of this machine, which are taken as they are
   */
  CopyResult upload(List<Path> sources, String target, CopyOptions options, CopyListener listener)
      throws IOException;

  /** Copies to another server, through this machine and no file of it. */
  CopyResult transfer(
      List<String> sources,
      Sftp destination,
      String target,
      CopyOptions options,
      CopyListener listener)
      throws IOException;

  /** Completes when this is closed, by whomever. */
  CompletionStage<Void> closed();

  /** Closes the channel; what is under way fails. */
  @Override
  void close();
}
