package dev.postern.core.copy;

import dev.postern.core.text.Sanitiser;
import dev.postern.problem.Code;
import dev.postern.sftp.CopyListener;
import dev.postern.sftp.CopyOptions;
import dev.postern.sftp.CopyResult;
import dev.postern.sftp.FileInfo;
import dev.postern.sftp.SftpException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One copy, from one tree to another: where each source goes. Once only. */
public final class Copying {
  private final Tree from;
  private final Tree to;
  private final CopyOptions options;
  private final Tally tally;

  /** From a tree to another. */
  public Copying(Tree from, Tree to, CopyOptions options, CopyListener listener) {
    this.from = from;
    this.to = to;
    this.options = options;
    this.tally = new Tally(listener);
  }

  /**
   * Copies the sources, as cp has it: into the target if it is a folder, else to it.
   *
   * @throws InterruptedIOException if the thread is interrupted
   */
  public CopyResult copy(List<String> sources, String target) throws InterruptedIOException {
    try (Workers workers = new Workers(options.parallel())) {
      copyWith(workers, sources, target);
    }
    if (Thread.currentThread().isInterrupted()) {
      throw new InterruptedIOException("the copy was interrupted");
    }
    return tally.result();
  }

  /** Interrupted, it tells first that it has stopped: what fails then, fails for that. */
  private void copyWith(Workers workers, List<String> sources, String target) {
    try {
      copy(sources, to.target(target), workers);
      workers.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (Thread.currentThread().isInterrupted()) {
      tally.stop();
    }
  }

  private void copy(List<String> sources, String target, Workers workers)
      throws InterruptedException {
    List<Source> found = expanded(sources);
    Optional<FileInfo> there;
    try {
      there = to.find(target, true);
    } catch (IOException e) {
      tally.failed(target, Explained.local(target, e));
      return;
    }
    boolean isFolder = there.filter(FileInfo::isFolder).isPresent();
    boolean wantsFolder = options.intoFolder() || found.size() > 1;
    if (wantsFolder && !isFolder) {
      tally.failed(target, noFolder(target, there.isPresent()));
      return;
    }
    TreeWalk walk = new TreeWalk(from, to, options, tally, workers);
    TargetFolder folder = isFolder ? TargetFolder.existing(to, target) : null;
    for (Source source : found) {
      if (tally.isStopped()) {
        return;
      }
      one(walk, source, target, folder);
    }
    workers.await();
    walk.finishFolders();
  }

  /**
   * What is copied.
   *
   * @param wasNamed whether by whoever copies; else the other machine has it match a pattern
   */
  private record Source(String path, boolean wasNamed) {}

  private List<Source> expanded(List<String> sources) {
    List<Source> all = new ArrayList<>();
    for (String source : sources) {
      try {
        List<String> found = from.expand(source);
        if (found.isEmpty()) {
          throw new SftpException(
              Code.FILE_NO_MATCH, Sanitiser.line(source) + ": nothing there matches");
        }
        String named = from.target(source);
        found.forEach(path -> all.add(new Source(path, path.equals(named))));
      } catch (IOException e) {
        tally.failed(source, Explained.local(source, e));
      }
    }
    return all;
  }

  private void one(TreeWalk walk, Source source, String target, @Nullable TargetFolder folder)
      throws InterruptedException {
    String path = source.path();
    try {
      FileInfo info = walk.expectSource(path);
      if (folder != null && !TreePaths.name(path).isEmpty()) {
        walk.into(folder, path, source.wasNamed(), info);
      } else if (folder == null && !info.isFolder() && target.endsWith("/")) {
        throw noFolder(target, false);
      } else {
        walk.to(target, path, info);
      }
    } catch (IOException e) {
      tally.failed(path, Explained.local(path, e));
    }
  }

  private static SftpException noFolder(String target, boolean isThere) {
    return new SftpException(
        isThere ? Code.FILE_WRONG_KIND : Code.FILE_NOT_FOUND,
        "%s: %s, and a folder is needed to copy into"
            .formatted(
                Sanitiser.line(target), isThere ? "it is no folder" : "there is no such folder"));
  }
}
