package dev.postern.core.config;

import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import dev.postern.core.plugin.PluginNotLoadedException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A route as it stands in the file. It is read at once where its plugins are at hand; otherwise
 * when it is asked for, so that a plugin which nobody uses costs nothing and hurts nobody.
 */
final class WrittenRoute {
  private final String name;
  private final ConfigObject written;
  private final String path;
  private final RouteReader reader;
  private @Nullable BoundRoute bound;

  /** A route that is not read yet; the reader may load plugins. */
  WrittenRoute(String name, ConfigObject written, String path, RouteReader reader) {
    this.name = name;
    this.written = written;
    this.path = path;
    this.reader = reader;
  }

  /** Its hops with what it says for them, fit to stand in another route. */
  List<ConfigValue> completeHops() {
    return GroupReader.complete(written);
  }

  /** Reads it with a reader that loads nothing; what is wrong with a plugin can wait. */
  synchronized Findings read(RouteReader sparing) {
    Findings findings = new Findings();
    try {
      keep(sparing, findings);
    } catch (PluginNotLoadedException e) {
      return new Findings();
    }
    return findings.isAboutPluginsOnly() ? new Findings() : findings;
  }

  /** Reads it whatever it takes. */
  synchronized Findings readFully() {
    Findings findings = new Findings();
    if (bound == null) {
      keep(reader, findings);
    }
    return findings;
  }

  private void keep(RouteReader with, Findings findings) {
    RoutePlan plan = with.read(name, written, path, findings);
    if (plan != null) {
      bound = new BoundRoute(plan, findings.settings());
    }
  }

  /**
   * The route, read now if it was not.
   *
   * @throws dev.postern.problem.ConfigException with everything that is wrong with it
   */
  synchronized BoundRoute bound() {
    Findings findings = readFully();
    findings.throwIfAny();
    if (bound == null) {
      throw new IllegalStateException("the route '" + name + "' was not read, for no reason");
    }
    return bound;
  }
}
