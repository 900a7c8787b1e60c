package dev.postern.core.plugin;

/** A provider from a folder of plugins: its messages say which plugin it is of. */
public interface ThirdParty {
  /** The plugin's name, version and jar. */
  String plugin();

  /** {@code " of the plugin acme-login 1.2 (/…/acme-login.jar)"}, nothing for a bundled one. */
  static String mention(Object provider) {
    return provider instanceof ThirdParty thirdParty ? " of the plugin " + thirdParty.plugin() : "";
  }

  /**
   * What a provider's failure means.
   *
   * @param what failed, for the message
   */
  static PluginFault fault(Object provider, String what, Throwable failure) {
    if (failure instanceof PluginFault known) {
      return known;
    }
    String plugin =
        provider instanceof ThirdParty thirdParty
            ? thirdParty.plugin()
            : provider.getClass().getName() + " in " + Origin.place(provider.getClass());
    return Causes.fault(plugin, what, failure);
  }
}
