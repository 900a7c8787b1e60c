package dev.postern.core.config;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigResolveOptions;
import com.typesafe.config.ConfigSyntax;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/**
 * The defaults that come with the program. System properties are none of them: a policy must not
 * change behind the back of the file.
 */
final class Reference {
  private static final String NAME = "reference.conf";

  private Reference() {}

  /** What holds where nobody says otherwise. */
  static Config ofCore() {
    // By its name alone it would be asked for a type, and Java load a table of all that there are.
    try (Reader reader =
        new InputStreamReader(
            requireNonNull(Reference.class.getResourceAsStream(NAME), NAME), UTF_8)) {
      return ConfigFactory.parseReader(
          reader, options().setSyntax(ConfigSyntax.CONF).setOriginDescription(Origins.DEFAULT));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * What other jars give to substitutions. They have no say in what is Postern's, and what they
   * leave open is not ours to miss.
   */
  static Config ofOthers() {
    return ConfigFactory.parseResources(Reference.class.getClassLoader(), NAME, options())
        .withoutPath("postern")
        .resolve(ConfigResolveOptions.defaults().setAllowUnresolved(true));
  }

  private static ConfigParseOptions options() {
    return ConfigParseOptions.defaults()
        .setIncluder(new LocalIncluder(new IncludedFiles(Path.of(NAME))));
  }
}
