package dev.postern.core.copy;

import dev.postern.core.text.Sanitiser;
import dev.postern.problem.Code;
import dev.postern.sftp.CopyOptions;
import dev.postern.sftp.FileInfo;
import dev.postern.sftp.FileKind;
import dev.postern.sftp.SftpException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Optional;

/**
 * Copies one file: into a part beside the target, which gets the name when it is complete.
 *
 * @param source its path
 * @param target the path of the copy
 * @param part the path of the copy while it is not complete
 * @param info what was told of the source
 * @param folderIsNew whether nothing can be there, because we made the folder
 * @param partMayBeThere whether the folder may have a part of this name
 */
record FileCopy(
    String source,
    String target,
    String part,
    FileInfo info,
    boolean folderIsNew,
    boolean partMayBeThere) {
  private static final int USUAL_MODE = 0666;
  private static final int OWNER = 0600;
  private static final int BUFFER = 128 << 10;

  void run(Tree from, Tree to, CopyOptions options, Tally tally) throws IOException {
    Optional<FileInfo> existing = folderIsNew ? Optional.empty() : to.find(target, false);
    if (existing.isPresent()) {
      expectReplaceable(existing.get());
    }
    int mode = existing.filter(FileInfo::isFile).orElse(info).mode().orElse(USUAL_MODE) & 0777;
    long offset = 0;
    if (partMayBeThere && options.resume()) {
      offset = new Resumption(from, to, source, part, info).offset();
    }
    long size = move(from, to, offset, mode | OWNER, tally);
    finish(to, existing.isPresent(), mode, options);
    tally.finished(source, target, size);
  }

  /** Neither a folder nor, above all, /dev/null; what a server tells nothing of may be a file. */
  private void expectReplaceable(FileInfo existing) throws SftpException {
    boolean isOther = existing.kind() == FileKind.OTHER && existing.mode().isPresent();
    if (existing.isFolder() || isOther) {
      throw new SftpException(
          Code.FILE_WRONG_KIND,
          "%s: %s has this name, and a file does not replace it"
              .formatted(
                  Sanitiser.line(target), existing.isFolder() ? "a folder" : "a device or pipe"));
    }
  }

  /** The source first: if it is gone, nothing is made. */
  private long move(Tree from, Tree to, long offset, int mode, Tally tally) throws IOException {
    long position = offset;
    try (InputStream input = opened(from, offset)) {
      OutputStream output = part(to, offset, mode);
      try (output) {
        tally.started(source, target, info.size(), offset);
        Expected expected = new Expected(from, source, info);
        byte[] buffer = new byte[(int) Math.max(1, Math.min(BUFFER, info.size() + 1))];
        int count = read(from, input, buffer);
        while (count >= 0) {
          int length = count;
          expected.allow(position + length);
          attempt(
              to,
              target,
              () -> {
                output.write(buffer, 0, length);
                return length;
              });
          position += length;
          tally.moved(source, length);
          count = read(from, input, buffer);
        }
        expected.check(position, offset > 0);
      } catch (IOException e) {
        throw to.explain(target, e);
      }
    } catch (SftpException e) {
      dropIfUseless(to, position, e);
      throw e;
    }
    return position;
  }

  private InputStream opened(Tree from, long offset) throws SftpException {
    return attempt(from, source, () -> from.read(source, offset));
  }

  private OutputStream part(Tree to, long offset, int mode) throws SftpException {
    try {
      return attempt(to, target, () -> to.write(part, offset, mode));
    } catch (SftpException e) {
      if (e.code() != Code.FILE_NOT_FOUND) {
        throw e;
      }
      throw new SftpException(
          Code.FILE_NOT_FOUND,
          "%s: there is no such folder to copy into"
              .formatted(Sanitiser.line(TreePaths.folder(target))),
          e);
    }
  }

  private int read(Tree from, InputStream input, byte[] buffer) throws SftpException {
    return attempt(from, source, () -> input.read(buffer));
  }

  private interface Attempt<T> {
    T run() throws IOException;
  }

  private static <T> T attempt(Tree tree, String path, Attempt<T> attempt) throws SftpException {
    try {
      return attempt.run();
    } catch (IOException e) {
      throw tree.explain(path, e);
    }
  }

  /** Nothing can go on from an empty part, or from one of a file that is another now. */
  private void dropIfUseless(Tree to, long position, SftpException failure) {
    if (position > 0 && failure.code() != Code.FILE_CHANGED) {
      return;
    }
    try {
      to.remove(part);
    } catch (IOException e) {
      // Not made, or the session is gone.
    }
  }

  private void finish(Tree to, boolean replaces, int mode, CopyOptions options)
      throws SftpException {
    attempt(
        to,
        target,
        () -> {
          if (options.preserve() && info.modified().isPresent()) {
            to.setTimes(part, info.accessed().orElse(info.modified().get()), info.modified().get());
          }
          if (options.preserve() && info.mode().isPresent()) {
            to.setMode(part, info.mode().getAsInt());
          } else if (replaces) {
            to.setMode(part, mode);
          } else if ((mode & OWNER) != OWNER) {
            int made = to.find(part, false).orElse(info).mode().orElse(mode);
            to.setMode(part, made & mode);
          }
          to.rename(part, target);
          return target;
        });
  }
}
