package dev.postern.core.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigResolveOptions;
import dev.postern.core.config.LocalIncluder.RemoteIncludeException;
import dev.postern.problem.Code;
import dev.postern.problem.ConfigProblem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.List;
import java.util.Set;

/** Reads one configuration file with its includes. */
final class HoconFile {
  private HoconFile() {}

  /** The file over the defaults of core. */
  static Config read(Path file) {
    Path absolute = file.toAbsolutePath().normalize();
    expectSafe(absolute);
    try {
      ConfigParseOptions options =
          ConfigParseOptions.defaults().setAllowMissing(false).setIncluder(new LocalIncluder());
      return ConfigFactory.parseFile(absolute.toFile(), options)
          .withFallback(defaults())
          .resolve(ConfigResolveOptions.defaults());
    } catch (ConfigException e) {
      throw unreadable(absolute, e);
    }
  }

  /** What holds where nobody says otherwise. */
  static Config defaults() {
    return ConfigFactory.defaultReference(HoconFile.class.getClassLoader());
  }

  private static dev.postern.problem.ConfigException unreadable(Path file, ConfigException cause) {
    Throwable inner = cause;
    while (inner != null && !(inner instanceof RemoteIncludeException)) {
      inner = inner.getCause();
    }
    String origin = cause.origin() == null ? file.toString() : Origins.text(cause.origin());
    if (inner != null) {
      return problem(
          Code.CONFIG_REMOTE_INCLUDE, file.toString(), String.valueOf(inner.getMessage()));
    }
    return problem(Code.CONFIG_UNREADABLE, origin, withoutOrigin(cause));
  }

  /** The library puts the origin before its sentence, where ours stands already. */
  private static String withoutOrigin(ConfigException cause) {
    String message = String.valueOf(cause.getMessage());
    String prefix = cause.origin() == null ? "" : cause.origin().description() + ": ";
    return message.startsWith(prefix) ? message.substring(prefix.length()) : message;
  }

  private static void expectSafe(Path file) {
    if (Files.notExists(file)) {
      throw problem(Code.CONFIG_UNREADABLE, file.toString(), "there is no such file");
    }
    if (!Files.isReadable(file) || Files.isDirectory(file)) {
      throw problem(Code.CONFIG_UNREADABLE, file.toString(), "it is not a file that can be read");
    }
    if (othersMayWrite(file)) {
      throw problem(
          Code.CONFIG_UNSAFE_FILE,
          file.toString(),
          "others may write this file, and it says where secrets go; take the right away: chmod go-w "
              + file);
    }
  }

  private static boolean othersMayWrite(Path file) {
    try {
      Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
      return permissions.contains(PosixFilePermission.GROUP_WRITE)
          || permissions.contains(PosixFilePermission.OTHERS_WRITE);
    } catch (UnsupportedOperationException e) {
      return false; // no such permissions on this file system
    } catch (IOException e) {
      throw problem(
          Code.CONFIG_UNREADABLE,
          file.toString(),
          "its permissions cannot be read: " + e.getMessage());
    }
  }

  private static dev.postern.problem.ConfigException problem(
      Code code, String origin, String message) {
    return new dev.postern.problem.ConfigException(
        List.of(new ConfigProblem(code, origin, "", message)));
  }
}
