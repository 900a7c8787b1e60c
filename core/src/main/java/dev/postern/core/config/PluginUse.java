package dev.postern.core.config;

import dev.postern.api.auth.AuthStrategyProvider;
import dev.postern.api.transport.TransportProvider;

/**
 * A plugin and the settings it is used with, bound and validated.
 *
 * @param provider the plugin
 * @param config its record, an instance of the provider's {@code configType()}
 */
public record PluginUse<P>(String type, P provider, Record config) {
  /** A strategy in a plan. */
  @SuppressWarnings("unchecked")
  public static dev.postern.api.auth.AuthStrategy create(
      PluginUse<AuthStrategyProvider<?>> use, dev.postern.api.hop.HopContext hop) {
    return ((AuthStrategyProvider<Record>) use.provider()).create(use.config(), hop);
  }

  /** The transport of a hop. */
  @SuppressWarnings("unchecked")
  public static dev.postern.api.transport.Transport createTransport(
      PluginUse<TransportProvider<?>> use, dev.postern.api.hop.HopContext hop) {
    return ((TransportProvider<Record>) use.provider()).create(use.config(), hop);
  }
}
