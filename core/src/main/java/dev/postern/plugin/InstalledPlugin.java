package dev.postern.plugin;

import dev.postern.problem.ConfigProblem;
import java.util.List;
import org.apiguardian.api.API;

/**
 * A plugin that is there, whether it works or not.
 *
 * @param id names the plugin; the file or folder where it does not say
 * @param version of the plugin, or {@code unknown}
 * @param apiLevel the level of the API that it was made for, or {@code unknown}
 * @param types what it adds, as far as it is known
 * @param location the jar or folder that it came from
 * @param bundled whether it stands on the class path, and not in a folder of its own
 * @param problems what keeps it, or a part of it, from working; empty if all is well
 */
@API(status = API.Status.MAINTAINED, since = "1.0")
public record InstalledPlugin(
    String id,
    String version,
    String apiLevel,
    List<PluginType> types,
    String location,
    boolean bundled,
    List<ConfigProblem> problems) {
  /** Copies the lists. */
  public InstalledPlugin {
    types = List.copyOf(types);
    problems = List.copyOf(problems);
  }

  /** Whether all of it works. */
  public boolean isSound() {
    return problems.isEmpty();
  }
}
