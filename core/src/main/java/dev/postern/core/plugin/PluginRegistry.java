package dev.postern.core.plugin;

import dev.postern.api.auth.AuthStrategyProvider;
import dev.postern.api.secret.SecretProvider;
import dev.postern.api.transport.TransportProvider;
import dev.postern.plugin.InstalledPlugin;
import dev.postern.plugin.InstalledPlugin.Kind;
import dev.postern.problem.ConfigProblem;
import java.util.ArrayList;
import java.util.List;

/** The plugins that were found, by extension point. Immutable. */
public final class PluginRegistry {
  private final Providers<AuthStrategyProvider<?>> auth;
  private final Providers<TransportProvider<?>> transports;
  private final Providers<SecretProvider<?>> secrets;
  private final List<ConfigProblem> problems;

  /** A registry of these providers; the problems are those of the search. */
  public PluginRegistry(
      List<AuthStrategyProvider<?>> auth,
      List<TransportProvider<?>> transports,
      List<SecretProvider<?>> secrets,
      List<ConfigProblem> problems) {
    this.auth = new Providers<>(Kind.AUTH, AuthStrategyProvider::type, auth);
    this.transports = new Providers<>(Kind.TRANSPORT, TransportProvider::type, transports);
    this.secrets = new Providers<>(Kind.SECRET, SecretProvider::type, secrets);
    this.problems = List.copyOf(problems);
  }

  /** Finds what the class loader has. */
  public static PluginRegistry discover(ClassLoader loader) {
    Discovery discovery = new Discovery(loader);
    return new PluginRegistry(
        discovery.find(AuthStrategyProvider.class, AuthStrategyProvider::type),
        discovery.find(TransportProvider.class, TransportProvider::type),
        discovery.find(SecretProvider.class, SecretProvider::type),
        discovery.problems());
  }

  public Providers<AuthStrategyProvider<?>> auth() {
    return auth;
  }

  public Providers<TransportProvider<?>> transports() {
    return transports;
  }

  public Providers<SecretProvider<?>> secrets() {
    return secrets;
  }

  /** Plugins that are there and cannot be loaded. */
  public List<ConfigProblem> problems() {
    return problems;
  }

  /** Everything that was found, by extension point. */
  public List<InstalledPlugin> installed() {
    List<InstalledPlugin> all = new ArrayList<>(auth.installed());
    all.addAll(transports.installed());
    all.addAll(secrets.installed());
    return List.copyOf(all);
  }
}
