package dev.postern.core.config;

import dev.postern.problem.Code;
import dev.postern.problem.ConfigException;
import dev.postern.problem.ConfigProblem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.List;
import java.util.Set;

/**
 * Whether a file can be taken as configuration, before it is opened: a pipe would wait for ever, a
 * device would never end, and what others may write is not ours to trust.
 */
final class FileCheck {
  /** The permission bit by which only its owner may remove a file from a directory. */
  private static final int STICKY = 0_1000;

  private static final long LIMIT_BYTES = 16L * 1024 * 1024;

  private FileCheck() {}

  /**
   * Returns if the file is fit.
   *
   * @throws ConfigException if not
   */
  static void expectFit(Path file) {
    if (Files.notExists(file)) {
      throw problem(Code.CONFIG_UNREADABLE, file, "there is no such file");
    }
    if (!Files.isReadable(file) || Files.isDirectory(file)) {
      throw problem(Code.CONFIG_UNREADABLE, file, "it is not a file that can be read");
    }
    if (!Files.isRegularFile(file)) {
      throw problem(
          Code.CONFIG_UNREADABLE, file, "it is not a regular file; write the configuration to one");
    }
    try {
      if (Files.size(file) > LIMIT_BYTES) {
        throw problem(
            Code.CONFIG_UNREADABLE, file, "it has more than 16 MiB, which is no configuration");
      }
      expectSafe(file);
    } catch (UnsupportedOperationException e) {
      return; // no such permissions on this file system
    } catch (IOException e) {
      throw problem(
          Code.CONFIG_UNREADABLE, file, "its permissions cannot be read: " + e.getMessage());
    }
  }

  /** Whether others than its owner may read the file. */
  static boolean isOpenToReaders(Path file) {
    try {
      Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
      return permissions.contains(PosixFilePermission.GROUP_READ)
          || permissions.contains(PosixFilePermission.OTHERS_READ);
    } catch (UnsupportedOperationException | IOException e) {
      return false; // it could be read a moment ago; where nothing is known, nothing is said
    }
  }

  private static void expectSafe(Path file) throws IOException {
    Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
    if (permissions.contains(PosixFilePermission.GROUP_WRITE)
        || permissions.contains(PosixFilePermission.OTHERS_WRITE)) {
      throw problem(
          Code.CONFIG_UNSAFE_FILE,
          file,
          "others may write this file, and it says where secrets go; take the right away: chmod go-w "
              + file);
    }
    Path folder = file.toRealPath().getParent();
    if (folder != null && mayBeReplacedIn(folder)) {
      throw problem(
          Code.CONFIG_UNSAFE_FILE,
          file,
          "everybody may replace this file, and it says where secrets go; take the right away: chmod o-w "
              + folder);
    }
  }

  private static boolean mayBeReplacedIn(Path folder) throws IOException {
    int mode = (int) Files.getAttribute(folder, "unix:mode");
    return Files.getPosixFilePermissions(folder).contains(PosixFilePermission.OTHERS_WRITE)
        && (mode & STICKY) == 0;
  }

  private static ConfigException problem(Code code, Path file, String message) {
    return new ConfigException(List.of(new ConfigProblem(code, file.toString(), "", message)));
  }
}
