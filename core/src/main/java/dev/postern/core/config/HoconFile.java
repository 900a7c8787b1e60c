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
import java.nio.file.Path;
import java.util.List;

/** Reads one configuration file with its includes. */
final class HoconFile {
  private HoconFile() {}

  /**
   * The file over the defaults of core.
   *
   * @throws dev.postern.problem.ConfigException if it cannot be read, or is not safe to be used
   */
  static Config read(Path file, PluginContext services) {
    Path absolute = file.toAbsolutePath().normalize();
    FileCheck.expectFit(absolute);
    IncludedFiles files = new IncludedFiles(absolute);
    try {
      ConfigParseOptions options =
          ConfigParseOptions.defaults()
              .setAllowMissing(false)
              .setIncluder(new LocalIncluder(files));
      Config parsed = ConfigFactory.parseFile(absolute.toFile(), options);
      return parsed.withFallback(Reference.ofCore()).resolve(variables(services));
    } catch (ConfigException e) {
      throw new dev.postern.problem.ConfigException(List.of(ParseFailure.problem(absolute, e)));
    } catch (StackOverflowError e) {
      throw new dev.postern.problem.ConfigException(
          List.of(
              new ConfigProblem(
                  Code.CONFIG_UNREADABLE, absolute.toString(), "", "it is nested too deeply")));
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
}
