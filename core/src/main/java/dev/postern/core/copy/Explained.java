package dev.postern.core.copy;

import dev.postern.core.text.Sanitiser;
import dev.postern.problem.Code;
import dev.postern.sftp.SftpException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.NoSuchFileException;

/** This machine's failures in the words of all. */
final class Explained {
  private Explained() {}

  static SftpException local(String path, IOException failure) {
    if (failure instanceof SftpException known) {
      return known;
    }
    String shown = shown(path, failure);
    if (failure instanceof NoSuchFileException) {
      return missing(shown);
    }
    if (failure instanceof AccessDeniedException) {
      return new SftpException(
          Code.FILE_DENIED, shown + ": this machine does not permit it", failure);
    }
    if (failure instanceof FileAlreadyExistsException
        || failure instanceof DirectoryNotEmptyException) {
      return new SftpException(Code.FILE_WRONG_KIND, shown + ": it is there already", failure);
    }
    if (failure instanceof FileSystemLoopException) {
      return new SftpException(Code.FILE_LOOP, shown + ": its links go round in a circle", failure);
    }
    String said = String.valueOf(failure.getMessage());
    if (said.contains("No space left") || said.contains("quota exceeded")) {
      return new SftpException(
          Code.FILE_NO_SPACE,
          shown + ": no space is left on this machine; what was copied is kept, to go on from",
          failure);
    }
    return new SftpException(Code.FILE_FAILED, words(path, failure), failure);
  }

  static SftpException missing(String path) {
    return new SftpException(
        Code.FILE_NOT_FOUND, Sanitiser.line(path) + ": there is no such file here");
  }

  static String words(String path, IOException failure) {
    String reason =
        failure instanceof FileSystemException file && file.getReason() != null
            ? file.getReason()
            : String.valueOf(failure.getMessage());
    return "%s: %s".formatted(shown(path, failure), Sanitiser.line(reason));
  }

  /** The system knows best which file it was. */
  private static String shown(String path, IOException failure) {
    return Sanitiser.line(
        failure instanceof FileSystemException file && file.getFile() != null
            ? file.getFile()
            : path);
  }
}
