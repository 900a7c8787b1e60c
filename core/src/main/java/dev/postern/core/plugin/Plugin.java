package dev.postern.core.plugin;

import dev.postern.plugin.InstalledPlugin;
import dev.postern.plugin.PluginType;
import dev.postern.plugin.PluginType.Kind;
import java.util.List;

/** A plugin as the registry sees it. */
interface Plugin extends AutoCloseable {
  /** The types that it says it adds; nothing is loaded for that. */
  List<PluginType> provides();

  /** Whether a choice between two plugins of one type names this one: by its id or its place. */
  boolean isNamed(String idOrPlace);

  /** Its name, version and place, for messages. */
  String describe();

  /**
   * The provider of a type, loaded when it is first asked for.
   *
   * @throws PluginFault if it cannot be had
   */
  Object provider(PluginType type);

  /** What is wrong with it, as far as it is known without loading anything. */
  List<PluginFault> knownFaults();

  /** Loads everything, and tells what is there. */
  InstalledPlugin inspect();

  /** Releases its jars. */
  @Override
  default void close() {}

  /** The extension point that a kind stands for. */
  static Class<?> service(Kind kind) {
    return switch (kind) {
      case AUTH -> dev.postern.api.auth.AuthStrategyProvider.class;
      case TRANSPORT -> dev.postern.api.transport.TransportProvider.class;
      case SECRET -> dev.postern.api.secret.SecretProvider.class;
    };
  }
}
