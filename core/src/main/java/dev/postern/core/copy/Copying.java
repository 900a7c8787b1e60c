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
      copy(sources, to.target(target), workers);
      workers.await();
    } catch (InterruptedException e) {
      tally.stop();
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("the copy was interrupted");
    }
    if (Thread.interrupted()) {
      tally.stop();
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("the copy was interrupted");
    }
    return tally.result();
  }

  private void copy(List<String> sources, String target, Workers workers)
      throws InterruptedException {
    List<String> found = expanded(sources);
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
    for (String source : found) {
      if (tally.isStopped()) {
        return;
      }
      one(walk, source, target, isFolder);
    }
    workers.await();
    walk.finishFolders();
  }

  private List<String> expanded(List<String> sources) {
    List<String> all = new ArrayList<>();
    for (String source : sources) {
      try {
        List<String> found = from.expand(source);
        if (found.isEmpty()) {
          throw new SftpException(
              Code.FILE_NO_MATCH, Sanitiser.line(source) + ": nothing there matches");
        }
        all.addAll(found);
      } catch (IOException e) {
        tally.failed(source, Explained.local(source, e));
      }
    }
    return all;
  }

  private void one(TreeWalk walk, String source, String target, boolean intoFolder)
      throws InterruptedException {
    try {
      FileInfo info = walk.expectSource(source);
      String name = TreePaths.name(source);
      String reason = intoFolder && !name.isEmpty() ? to.unfit(name) : null;
      if (reason != null) {
        throw new SftpException(
            Code.FILE_UNSAFE_NAME, "%s: %s".formatted(Sanitiser.line(source), reason));
      }
      String place = intoFolder && !name.isEmpty() ? TreePaths.join(target, name) : target;
      if (info.isFolder()) {
        walk.folder(source, place, info);
      } else if (!intoFolder && target.endsWith("/")) {
        throw noFolder(target, false);
      } else {
        walk.file(source, place, info, intoFolder ? target : TreePaths.folder(target));
      }
    } catch (IOException e) {
      tally.failed(source, Explained.local(source, e));
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
