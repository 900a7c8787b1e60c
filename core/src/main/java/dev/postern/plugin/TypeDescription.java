package dev.postern.plugin;

import java.util.List;
import org.apiguardian.api.API;

/**
 * What a type is for, and the keys of its settings.
 *
 * @param type described
 * @param plugin the id of the plugin that provides it
 * @param meaning a sentence; empty if the plugin's author gave none
 * @param keys in the order of its record
 */
@API(status = API.Status.MAINTAINED, since = "1.0")
public record TypeDescription(
    PluginType type, String plugin, String meaning, List<KeyDescription> keys) {
  /** Copies the keys. */
  public TypeDescription {
    keys = List.copyOf(keys);
  }
}
