package dev.postern.core.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigResolveOptions;
import com.typesafe.config.ConfigValue;
import dev.postern.api.hop.PluginContext;
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
  static Config read(Path file, PluginContext services) {
    Path absolute = file.toAbsolutePath().normalize();
    expectReadable(absolute);
    expectSafe(absolute);
    IncludedFiles files = new IncludedFiles(absolute);
    try {
      ConfigParseOptions options =
          ConfigParseOptions.defaults()
              .setAllowMissing(false)
              .setIncluder(new LocalIncluder(files));
      Config parsed = ConfigFactory.parseFile(absolute.toFile(), options);
      files.all().forEach(HoconFile::expectSafe);
      return parsed.withFallback(Reference.ofCore()).resolve(variables(services));
    } catch (ConfigException e) {
      throw new dev.postern.problem.ConfigException(List.of(ParseFailure.problem(absolute, e)));
    }
  }

  /**
   * One value that stands by itself.
   *
   * @throws ConfigException if it is not HOCON
   */
  static ConfigValue parse(String value, String origin, PluginContext services) {
    ConfigParseOptions options =
        ConfigParseOptions.defaults()
            .setOriginDescription(origin)
            .setIncluder(new LocalIncluder(new IncludedFiles(Path.of(origin))));
    return ConfigFactory.parseString("value = " + value, options)
        .resolve(variables(services))
        .getValue("value");
  }

  private static ConfigResolveOptions variables(PluginContext services) {
    return ConfigResolveOptions.defaults()
        .setUseSystemEnvironment(false)
        .appendResolver(new Variables(services, Reference.ofOthers()));
  }

  private static void expectReadable(Path file) {
    if (Files.notExists(file)) {
      throw problem(Code.CONFIG_UNREADABLE, file, "there is no such file");
    }
    if (!Files.isReadable(file) || Files.isDirectory(file)) {
      throw problem(Code.CONFIG_UNREADABLE, file, "it is not a file that can be read");
    }
  }

  private static void expectSafe(Path file) {
    if (othersMayWrite(file)) {
      throw problem(
          Code.CONFIG_UNSAFE_FILE,
          file,
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
          Code.CONFIG_UNREADABLE, file, "its permissions cannot be read: " + e.getMessage());
    }
  }

  private static dev.postern.problem.ConfigException problem(Code code, Path file, String message) {
    return new dev.postern.problem.ConfigException(
        List.of(new ConfigProblem(code, file.toString(), "", message)));
  }
}
