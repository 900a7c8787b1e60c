package dev.postern.core.config;

import dev.postern.api.hop.PluginContext;
import dev.postern.core.plugin.PluginRegistry;

/**
 * What configuration is read with.
 *
 * @param plugins whose records settings are bound to
 * @param services lent to secret sources
 */
public record ConfigEnvironment(PluginRegistry plugins, PluginContext services) {}
