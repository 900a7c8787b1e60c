package dev.postern.core.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigResolveOptions;
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
    return ConfigFactory.parseResources(
        Reference.class, NAME, options().setOriginDescription(Origins.DEFAULT));
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
