package dev.postern.core.plugin;

/** A type was asked for whose plugin would have to be loaded, where that was not wanted. */
public final class PluginNotLoadedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  PluginNotLoadedException(String type) {
    super("the plugin of '" + type + "' is not loaded");
  }
}
