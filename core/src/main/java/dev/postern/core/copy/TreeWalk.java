package dev.postern.core.copy;

import dev.postern.core.text.Sanitiser;
import dev.postern.problem.Code;
import dev.postern.sftp.CopyOptions;
import dev.postern.sftp.FileInfo;
import dev.postern.sftp.FolderEntry;
import dev.postern.sftp.SftpException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Goes down a tree: folders on the thread that walks, files on those of the workers. The names are
 * another machine's, and are looked at before they become paths.
 */
final class TreeWalk {
  private static final int USUAL_MODE = 0777;
  private static final int OWNER = 0700;

  private final Tree from;
  private final Tree to;
  private final CopyOptions options;
  private final Tally tally;
  private final Workers workers;
  private final Set<String> underWay = ConcurrentHashMap.newKeySet();
  private final Deque<FolderEnd> ends = new ArrayDeque<>();

  TreeWalk(Tree from, Tree to, CopyOptions options, Tally tally, Workers workers) {
    this.from = from;
    this.to = to;
    this.options = options;
    this.tally = tally;
    this.workers = workers;
  }

  /** What a folder gets when all is in it. */
  private record FolderEnd(String source, String target, FileInfo info) {}

  /** What the source is, links followed. */
  FileInfo expectSource(String source) throws IOException {
    Optional<FileInfo> info = from.find(source, true);
    if (info.isEmpty()) {
      throw from.missing(source);
    }
    return info.get();
  }

  /** Copies a source to a path; a link in its place is followed, as by cp. */
  void to(String target, String source, FileInfo info) throws IOException, InterruptedException {
    if (info.isFolder()) {
      expectRecursive(source);
      TargetFolder root = TargetFolder.root(to, target, modeOf(info));
      end(source, target, info, root.isNew());
      descend(new Step(from, source, null), source, root);
      return;
    }
    boolean isLink = to.find(target, false).filter(FileInfo::isLink).isPresent();
    String place = isLink && to.find(target, true).isPresent() ? to.real(target) : target;
    file(source, place, info, TargetFolder.existing(to, TreePaths.folder(place)));
  }

  /** Copies a source into a folder; a link there is followed only if we were told its name. */
  void into(TargetFolder folder, String source, boolean wasNamed, FileInfo info)
      throws IOException, InterruptedException {
    String name = TreePaths.name(source);
    String reason = to.unfit(name);
    if (reason != null) {
      throw new SftpException(
          Code.FILE_UNSAFE_NAME, "%s: %s".formatted(Sanitiser.line(source), reason));
    }
    folder.take(name, source, workers);
    if (wasNamed) {
      to(folder.place(name), source, info);
    } else if (info.isFolder()) {
      expectRecursive(source);
      inner(new Step(from, source, null), source, name, info, folder);
    } else {
      file(source, folder.place(name), info, folder);
    }
  }

  private void expectRecursive(String source) throws SftpException {
    if (!options.recursive()) {
      throw new SftpException(
          Code.FILE_WRONG_KIND, Sanitiser.line(source) + ": it is a folder; -r copies folders");
    }
  }

  private void file(String source, String target, FileInfo info, TargetFolder folder)
      throws IOException, InterruptedException {
    if (!info.isFile()) {
      throw new SftpException(
          Code.FILE_WRONG_KIND,
          Sanitiser.line(source) + ": it is neither a file nor a folder, and is left out");
    }
    String name = TreePaths.name(target);
    String partName = PartName.of(name, info);
    String part = TreePaths.join(TreePaths.folder(target), partName);
    claim(source, target, part);
    FileCopy copy =
        new FileCopy(source, target, part, info, folder.isNew(), folder.mayHavePart(partName));
    workers.run(() -> run(copy));
  }

  private void claim(String source, String target, String part) throws SftpException {
    if (!underWay.add(target)) {
      throw twice(source);
    }
    if (!underWay.add(part)) {
      underWay.remove(target);
      throw twice(source);
    }
  }

  private static SftpException twice(String source) {
    return new SftpException(
        Code.FILE_UNSAFE_NAME,
        Sanitiser.line(source) + ": another file has the same name here; it is left out");
  }

  private void run(FileCopy copy) {
    try {
      if (!tally.isStopped()) {
        copy.run(from, to, options, tally);
      }
    } catch (InterruptedIOException e) {
      tally.stop();
    } catch (SftpException e) {
      tally.failed(copy.source(), e);
    } catch (IOException e) {
      tally.failed(copy.source(), Explained.local(copy.target(), e));
    } catch (RuntimeException | Error e) {
      tally.stop();
      throw e;
    } finally {
      underWay.remove(copy.target());
      underWay.remove(copy.part());
    }
  }

  private static int modeOf(FileInfo info) {
    return (info.mode().orElse(USUAL_MODE) & 0777) | OWNER;
  }

  private void end(String source, String target, FileInfo info, boolean isNew) {
    boolean restricts = (info.mode().orElse(OWNER) & OWNER) != OWNER;
    if (isNew && (options.preserve() || restricts)) {
      ends.push(new FolderEnd(source, target, info));
    }
  }

  private void descend(Step step, String source, TargetFolder folder)
      throws IOException, InterruptedException {
    if (step.isTooDeep()) {
      throw new SftpException(
          Code.FILE_LOOP,
          "%s: it is more than %d folders deep".formatted(Sanitiser.line(source), Step.DEEPEST));
    }
    Map<String, FolderEntry> folders = new LinkedHashMap<>();
    list(source, folder, folders);
    for (FolderEntry each : folders.values()) {
      if (tally.isStopped()) {
        return;
      }
      below(step, source, folder, each);
    }
  }

  private void list(String source, TargetFolder folder, Map<String, FolderEntry> folders)
      throws IOException, InterruptedException {
    try {
      from.list(
          source,
          entry -> {
            if (tally.isStopped()) {
              throw new Stopped();
            }
            String path = TreePaths.join(source, entry.name());
            try {
              sort(path, folder, entry, folders);
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
              throw new InterruptedIOException("the copy was interrupted");
            } catch (InterruptedIOException e) {
              throw e;
            } catch (IOException e) {
              tally.failed(path, Explained.local(path, e));
            }
          });
    } catch (Stopped e) {
      // Whoever stopped it has said why.
    } catch (InterruptedIOException e) {
      throw new InterruptedException();
    }
  }

  private static final class Stopped extends IOException {
    private static final long serialVersionUID = 1L;
  }

  private void sort(
      String path, TargetFolder folder, FolderEntry entry, Map<String, FolderEntry> folders)
      throws IOException, InterruptedException {
    String name = entry.name();
    folder.expectFit(name);
    FileInfo info = entry.info();
    if (info.isLink() || info.mode().isEmpty()) {
      info = expectSource(path);
    }
    if (info.isFolder()) {
      folders.put(name, entry);
    } else {
      folder.take(name, path, workers);
      file(path, folder.place(name), info, folder);
    }
  }

  private void below(Step step, String source, TargetFolder folder, FolderEntry entry)
      throws InterruptedException {
    String path = TreePaths.join(source, entry.name());
    try {
      Step next = new Step(from, path, step);
      FileInfo info = entry.info();
      if (!info.isFolder()) {
        info = expectSource(path);
        if (next.goesRound()) {
          throw new SftpException(
              Code.FILE_LOOP, Sanitiser.line(path) + ": its link leads to a folder above it");
        }
      }
      folder.take(entry.name(), path, workers);
      inner(next, path, entry.name(), info, folder);
    } catch (IOException e) {
      tally.failed(path, Explained.local(path, e));
    }
  }

  private void inner(Step step, String source, String name, FileInfo info, TargetFolder folder)
      throws IOException, InterruptedException {
    TargetFolder inner = folder.inner(name, modeOf(info));
    end(source, folder.place(name), info, inner.isNew());
    descend(step, source, inner);
  }

  /** Modes and times of folders, from the innermost: what is written into them changes them. */
  void finishFolders() {
    for (FolderEnd each : ends) {
      if (tally.isStopped()) {
        return;
      }
      try {
        finish(each);
      } catch (IOException e) {
        tally.failed(each.source(), Explained.local(each.target(), e));
      }
    }
  }

  private void finish(FolderEnd end) throws IOException {
    FileInfo info = end.info();
    if (!options.preserve()) {
      int made = to.find(end.target(), true).orElse(info).mode().orElse(USUAL_MODE);
      to.setMode(end.target(), made & info.mode().orElse(USUAL_MODE));
      return;
    }
    if (info.modified().isPresent()) {
      to.setTimes(
          end.target(), info.accessed().orElse(info.modified().get()), info.modified().get());
    }
    if (info.mode().isPresent()) {
      to.setMode(end.target(), info.mode().getAsInt());
    }
  }
}
