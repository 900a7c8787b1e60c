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
  private final Map<String, TargetFolder> opened = new LinkedHashMap<>();

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
      throw new SftpException(
          Code.FILE_NOT_FOUND, Sanitiser.line(source) + ": there is no such file");
    }
    return info.get();
  }

  /** Copies a file that was named itself; a link in its target's place is followed, as by cp. */
  void file(String source, String target, FileInfo info, String folder)
      throws IOException, InterruptedException {
    String place = target;
    if (to.find(target, false).filter(FileInfo::isLink).isPresent()
        && to.find(target, true).isPresent()) {
      place = to.real(target);
    }
    TargetFolder into = opened.get(folder);
    if (into == null || !place.equals(target)) {
      into = TargetFolder.existing(to, TreePaths.folder(place));
      opened.put(folder, into);
    }
    file(source, place, info, into);
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
        new FileCopy(source, target, part, info, folder.isNew(), folder.hasPart(partName));
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
    } finally {
      underWay.remove(copy.target());
      underWay.remove(copy.part());
    }
  }

  /** Copies a folder that was named itself, to a path; a link in its place is followed. */
  void folder(String source, String target, FileInfo info)
      throws IOException, InterruptedException {
    if (!options.recursive()) {
      throw new SftpException(
          Code.FILE_WRONG_KIND, Sanitiser.line(source) + ": it is a folder; -r copies folders");
    }
    TargetFolder root = TargetFolder.root(to, target, modeOf(info));
    end(source, target, info, root.isNew());
    descend(new Step(from, source, null), source, target, root);
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

  private void descend(Step step, String source, String target, TargetFolder folder)
      throws IOException, InterruptedException {
    if (step.isTooDeep()) {
      throw new SftpException(
          Code.FILE_LOOP,
          "%s: it is more than %d folders deep".formatted(Sanitiser.line(source), Step.DEEPEST));
    }
    Map<String, FolderEntry> folders = new LinkedHashMap<>();
    list(source, target, folder, folders);
    for (FolderEntry each : folders.values()) {
      if (tally.isStopped()) {
        return;
      }
      below(step, source, target, folder, each);
    }
  }

  private void list(
      String source, String target, TargetFolder folder, Map<String, FolderEntry> folders)
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
              sort(path, target, folder, entry, folders);
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
      String path,
      String target,
      TargetFolder folder,
      FolderEntry entry,
      Map<String, FolderEntry> folders)
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
      file(path, TreePaths.join(target, name), info, folder);
    }
  }

  private void below(
      Step step, String source, String target, TargetFolder folder, FolderEntry entry)
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
      String place = TreePaths.join(target, entry.name());
      TargetFolder into = folder.inner(place, modeOf(info));
      end(path, place, info, into.isNew());
      descend(next, path, place, into);
    } catch (IOException e) {
      tally.failed(path, Explained.local(path, e));
    }
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
