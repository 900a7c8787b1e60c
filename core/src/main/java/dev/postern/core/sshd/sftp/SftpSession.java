package dev.postern.core.sshd.sftp;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.postern.core.copy.Copying;
import dev.postern.core.copy.LocalTree;
import dev.postern.core.copy.RemoteTree;
import dev.postern.core.text.RawNames;
import dev.postern.problem.Code;
import dev.postern.sftp.CopyListener;
import dev.postern.sftp.CopyOptions;
import dev.postern.sftp.CopyResult;
import dev.postern.sftp.FileInfo;
import dev.postern.sftp.FolderEntry;
import dev.postern.sftp.FolderVisitor;
import dev.postern.sftp.Sftp;
import dev.postern.sftp.SftpException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.sshd.sftp.client.SftpClient.Attributes;
import org.apache.sshd.sftp.client.SftpClient.CloseableHandle;
import org.apache.sshd.sftp.client.SftpClient.DirEntry;
import org.apache.sshd.sftp.common.SftpConstants;

/** A session of SFTP. */
public final class SftpSession implements Sftp {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final long MOST_ENTRIES = 10_000_000;

  private final Wire wire;
  private final SftpCalls calls;
  private final Messages messages;

  private SftpSession(Wire wire, SftpCalls calls) {
    this.wire = wire;
    this.calls = calls;
    this.messages = calls.messages();
  }

  /**
   * Begins a session on a channel whose subsystem was granted. The stage fails with an {@link
   * SftpException}. Blocks for one more question, so not on an I/O thread.
   */
  public static CompletableFuture<Sftp> start(SftpPipe pipe) {
    return start(pipe, PATIENCE);
  }

  static CompletableFuture<Sftp> start(SftpPipe pipe, Duration patience) {
    Wire wire = new Wire(pipe, patience);
    try {
      Map<String, byte[]> extensions = Extensions.read(wire.await(wire.start()));
      Messages messages = new Messages(wire, pipe.channel(), extensions);
      SftpCalls first = new SftpCalls(wire, messages, new Extensions.Limits(0, 0));
      if (!extensions.containsKey(Extensions.LIMITS)) {
        return CompletableFuture.completedFuture(new SftpSession(wire, first));
      }
      Extensions.Limits limits = first.guarded("its limits", messages::limits);
      return CompletableFuture.completedFuture(
          new SftpSession(wire, new SftpCalls(wire, messages, limits)));
    } catch (IOException e) {
      wire.close();
      return CompletableFuture.failedFuture(e);
    }
  }

  private static String raw(String path) {
    return new String(RawNames.bytes(path.isEmpty() ? "." : path), ISO_8859_1);
  }

  private static String text(String raw) {
    return RawNames.text(raw.getBytes(ISO_8859_1));
  }

  private interface Action {
    void run() throws IOException;
  }

  private void run(String path, Action action) throws IOException {
    calls.guarded(
        path,
        () -> {
          action.run();
          return path;
        });
  }

  @Override
  public String realPath(String path) throws IOException {
    return text(calls.guarded(path, () -> messages.canonicalPath(raw(path))));
  }

  @Override
  public FileInfo stat(String path) throws IOException {
    return calls.guarded(path, () -> FileInfos.of(messages.stat(raw(path))));
  }

  @Override
  public FileInfo lstat(String path) throws IOException {
    return calls.guarded(path, () -> FileInfos.of(messages.lstat(raw(path))));
  }

  @Override
  public void list(String folder, FolderVisitor visitor) throws IOException {
    CloseableHandle handle = calls.guarded(folder, () -> messages.openDir(raw(folder)));
    try {
      list(folder, handle, visitor);
    } finally {
      calls.closeLater(handle);
    }
  }

  private void list(String folder, CloseableHandle handle, FolderVisitor visitor)
      throws IOException {
    long shown = 0;
    List<DirEntry> before = List.of();
    while (true) {
      List<DirEntry> entries = calls.guarded(folder, () -> messages.readDir(handle));
      if (entries == null || entries.isEmpty()) {
        return;
      }
      shown += entries.size();
      if (shown > MOST_ENTRIES || same(entries, before)) {
        throw calls.broken("the server lists a folder without end");
      }
      before = entries;
      for (DirEntry entry : entries) {
        FolderEntry shownEntry = calls.guarded(folder, () -> entry(entry));
        if (!shownEntry.name().equals(".") && !shownEntry.name().equals("..")) {
          visitor.entry(shownEntry);
        }
      }
    }
  }

  private static FolderEntry entry(DirEntry entry) {
    return new FolderEntry(text(entry.getFilename()), FileInfos.of(entry.getAttributes()));
  }

  private static boolean same(List<DirEntry> entries, List<DirEntry> before) {
    return entries.size() == before.size()
        && entries.get(0).getFilename().equals(before.get(0).getFilename())
        && entries
            .get(entries.size() - 1)
            .getFilename()
            .equals(before.get(before.size() - 1).getFilename());
  }

  @Override
  public InputStream read(String path, long offset) throws IOException {
    CloseableHandle handle =
        calls.guarded(path, () -> messages.open(raw(path), SftpConstants.SSH_FXF_READ, 0));
    return new SftpInput(calls, handle, path, offset);
  }

  @Override
  public OutputStream write(String path, long offset, int mode) throws IOException {
    int flags = SftpConstants.SSH_FXF_WRITE | SftpConstants.SSH_FXF_CREAT;
    int all = offset == 0 ? flags | SftpConstants.SSH_FXF_TRUNC : flags;
    CloseableHandle handle = calls.guarded(path, () -> messages.open(raw(path), all, mode));
    return new SftpOutput(calls, handle, path, offset);
  }

  @Override
  public void makeFolder(String path, int mode) throws IOException {
    run(path, () -> messages.makeFolder(raw(path), mode));
  }

  @Override
  public void remove(String path) throws IOException {
    run(path, () -> messages.remove(raw(path)));
  }

  @Override
  public void removeFolder(String path) throws IOException {
    run(path, () -> messages.rmdir(raw(path)));
  }

  @Override
  public void rename(String from, String to) throws IOException {
    if (offers(Extensions.POSIX_RENAME)) {
      run(to, () -> messages.posixRename(raw(from), raw(to)));
      return;
    }
    try {
      run(to, () -> messages.rename(raw(from), raw(to)));
    } catch (SftpException e) {
      if (e.code() != Code.FILE_FAILED || !isFile(to)) {
        throw e;
      }
      // Version 3 forbids to replace a file (filexfer-02 section 6.5).
      run(to, () -> messages.remove(raw(to)));
      run(to, () -> messages.rename(raw(from), raw(to)));
    }
  }

  private boolean isFile(String path) throws IOException {
    try {
      return !lstat(path).isFolder();
    } catch (SftpException e) {
      return false;
    }
  }

  @Override
  public String readLink(String path) throws IOException {
    return text(calls.guarded(path, () -> messages.readLink(raw(path))));
  }

  /** MINA sends the two paths as OpenSSH's servers want them, which is not as the draft has it. */
  @Override
  public void makeLink(String link, String says) throws IOException {
    run(link, () -> messages.symLink(raw(link), raw(says)));
  }

  @Override
  public void setMode(String path, int mode) throws IOException {
    run(path, () -> messages.setStat(raw(path), new Attributes().perms(mode & 07777)));
  }

  @Override
  public void setTimes(String path, Instant accessed, Instant modified) throws IOException {
    Attributes times =
        new Attributes().accessTime(FileTime.from(accessed)).modifyTime(FileTime.from(modified));
    run(path, () -> messages.setStat(raw(path), times));
  }

  @Override
  public boolean offers(String extension) {
    return messages.getServerExtensions().containsKey(extension);
  }

  @Override
  public CopyResult download(
      List<String> sources, Path target, CopyOptions options, CopyListener listener)
      throws IOException {
    LocalTree local = new LocalTree();
    return new Copying(new RemoteTree(this), local, options, listener)
        .copy(sources, local.name(target));
  }

  @Override
  public CopyResult upload(
      List<Path> sources, String target, CopyOptions options, CopyListener listener)
      throws IOException {
    LocalTree local = new LocalTree();
    return new Copying(local, new RemoteTree(this), options, listener)
        .copy(sources.stream().map(local::name).toList(), target);
  }

  @Override
  public CopyResult transfer(
      List<String> sources,
      Sftp destination,
      String target,
      CopyOptions options,
      CopyListener listener)
      throws IOException {
    return new Copying(new RemoteTree(this), new RemoteTree(destination), options, listener)
        .copy(sources, target);
  }

  @Override
  public CompletionStage<Void> closed() {
    return wire.ended().copy();
  }

  @Override
  public void close() {
    wire.close();
  }
}
