package dev.postern.core.config;

import dev.postern.api.hop.PluginContext;
import dev.postern.core.plugin.PluginRegistry;
import java.util.Map;

/**
 * What configuration is read with.
 *
 * @param plugins whose records settings are bound to
 * @param services lent to secret sources
 * @param secrets those of the person that several routes have in common
 */
public record ConfigEnvironment(
    PluginRegistry plugins, PluginContext services, SharedSecrets secrets) {
  /** For what stands alone: each use of a secret asks for itself. */
  public ConfigEnvironment(PluginRegistry plugins, PluginContext services) {
    this(plugins, services, SharedSecrets.NONE);
  }

  /** The same, where the person's answers are shared. */
  ConfigEnvironment sharing(SharedSecrets answers) {
    return new ConfigEnvironment(plugins, services, answers);
  }

  /** The same, where these plugins win for these types. */
  ConfigEnvironment preferring(Map<String, String> choices) {
    return new ConfigEnvironment(plugins.preferring(choices), services, secrets);
  }

  /** The same, where plugins that are not loaded yet stay so. */
  ConfigEnvironment withoutLoading() {
    return new ConfigEnvironment(plugins.withoutLoading(), services, secrets);
  }
}
