package dev.postern.core.plugin;

import dev.postern.api.ApiLevel;
import dev.postern.problem.Code;

/**
 * What plugins run on.
 *
 * @param level of the API
 * @param java the feature version of the running Java
 */
record Host(ApiLevel level, int java) {
  /** This one. */
  static Host running() {
    return new Host(ApiLevel.current(), Runtime.version().feature());
  }

  /**
   * Whether a plugin can run here.
   *
   * @param place its jar
   * @throws PluginFault if not
   */
  void expectToRun(Descriptor plugin, String place) {
    if (plugin.java() > java) {
      throw new PluginFault(
          Code.PLUGIN_JAVA_LEVEL,
          "the plugin %s (%s) needs Java %d, and this is Java %d; run a newer Java, or take a version of the plugin for this one"
              .formatted(plugin, place, plugin.java(), java));
    }
    if (!level.accepts(plugin.api())) {
      throw new PluginFault(
          Code.PLUGIN_API_LEVEL,
          "the plugin %s (%s) was made for API level %s, and this Postern has level %s (%s); take a version of the plugin that was made for level %d.0 to %s, or %s"
              .formatted(
                  plugin, place, plugin.api(), level, apiJar(), level.major(), level, fix(plugin)));
    }
  }

  private static String fix(Descriptor plugin) {
    return "a Postern whose API level is %s or a later %d.x"
        .formatted(plugin.api(), plugin.api().major());
  }

  private static String apiJar() {
    return Origin.place(ApiLevel.class);
  }
}
