package dev.postern.testkit.contract;

import static java.util.Objects.requireNonNull;

import dev.postern.api.hop.PluginContext;
import dev.postern.api.secret.Secret;
import dev.postern.core.config.ConfigEnvironment;
import dev.postern.core.config.HopPlan;
import dev.postern.core.config.RouteBook;
import dev.postern.core.plugin.PluginRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Binds settings as core does. The one place of the contracts that knows core's inside: everything
 * else goes through {@code Postern}.
 */
final class Binding {
  private final Path folder;
  private final ConfigEnvironment environment;

  Binding(Path folder, PluginContext context) {
    this.folder = folder;
    this.environment = new ConfigEnvironment(PluginRegistry.discover(loader(), List.of()), context);
  }

  private static ClassLoader loader() {
    return requireNonNull(Binding.class.getClassLoader());
  }

  /** The record of a strategy with these settings. */
  Record strategy(String type, String settings) {
    return hop("auth = [" + object(type, settings) + "]").auth().get(0).config();
  }

  /** The record of a transport with these settings, of the first hop or of the second. */
  Record transport(String type, String settings, boolean first) {
    String hop = "auth = [], transport = " + object(type, settings);
    return (first ? hop(hop) : hop("auth = [] }, { host = localhost, user = alice\n" + hop))
        .transport()
        .config();
  }

  /** A secret of a source with these settings. */
  Secret secret(String type, String settings) {
    return RouteBook.secret(object(type, settings), environment);
  }

  static String object(String type, String settings) {
    return "{ type = \"" + type + "\"\n" + settings + "\n}";
  }

  private HopPlan hop(String text) {
    Path file = folder.resolve("contract.conf");
    try {
      Files.writeString(
          file,
          "postern.routes.contract.hops = [ { host = localhost, user = alice\n" + text + " } ]");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    List<HopPlan> hops = RouteBook.load(file, environment).plan("contract").hops();
    return hops.get(hops.size() - 1);
  }
}
