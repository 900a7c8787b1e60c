package dev.postern.api.hop;

import java.nio.file.Path;
import java.util.Optional;
import org.apiguardian.api.API;

/**
 * The services that core lends to a plugin. Everything that a test must be able to replace comes
 * from here.
 */
@API(status = API.Status.STABLE, since = "1.0")
public interface PluginContext {
  /** Now, and waiting for later. */
  Time time();

  /** The person to ask, one question at a time over the whole process. */
  Person person();

  /** Which one-time codes were already used, over all circuits of the process. */
  OneTimeCodes oneTimeCodes();

  /** A variable of the environment, empty if it is not set. */
  Optional<String> environment(String name);

  /** The home directory of the user; {@code ~} in configured paths is already replaced by it. */
  Path home();
}
