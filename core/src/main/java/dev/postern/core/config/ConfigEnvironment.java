package dev.postern.core.config;

import dev.postern.api.hop.PluginContext;
import dev.postern.core.plugin.PluginRegistry;
import java.util.Map;

/**
 * What configuration is read with.
 *
 * @param plugins whose records settings are bound to
 * @param services lent to secret sources
 */
public record ConfigEnvironment(PluginRegistry plugins, PluginContext services) {
  /** The same, where these plugins win for these types. */
  ConfigEnvironment preferring(Map<String, String> choices) {
    return new ConfigEnvironment(plugins.preferring(choices), services);
  }

  /** The same, where plugins that are not loaded yet stay so. */
  ConfigEnvironment withoutLoading() {
    return new ConfigEnvironment(plugins.withoutLoading(), services);
  }
}
