package dev.postern.core.plugin;

import dev.postern.api.auth.AuthStrategy;
import dev.postern.api.auth.AuthStrategyProvider;
import dev.postern.api.hop.HopContext;
import dev.postern.api.hop.PluginContext;
import dev.postern.api.secret.Secret;
import dev.postern.api.secret.SecretProvider;
import dev.postern.api.transport.Transport;
import dev.postern.api.transport.TransportProvider;
import dev.postern.problem.Code;

/** Providers of third parties behind {@link PluginCalls}: what they throw names the plugin. */
final class Guarded {
  private Guarded() {}

  static <C extends Record> AuthStrategyProvider<C> auth(
      AuthStrategyProvider<C> provider, String type, PluginCalls calls) {
    return new Auth<>(provider, type, calls, config(calls, type, provider::configType));
  }

  static <C extends Record> TransportProvider<C> transport(
      TransportProvider<C> provider, String type, PluginCalls calls) {
    return new Transports<>(provider, type, calls, config(calls, type, provider::configType));
  }

  static <C extends Record> SecretProvider<C> secret(
      SecretProvider<C> provider, String type, PluginCalls calls) {
    return new Secrets<>(provider, type, calls, config(calls, type, provider::configType));
  }

  private static <C> Class<C> config(
      PluginCalls calls, String type, java.util.concurrent.Callable<Class<C>> configType) {
    Class<C> config = calls.run("configType of '" + type + "'", configType);
    if (!config.isRecord()) {
      throw new PluginFault(
          Code.PLUGIN_RECORD,
          "the plugin %s is broken: configType of '%s' is %s, which is no record"
              .formatted(calls.plugin(), type, config.getName()));
    }
    return config;
  }

  private record Auth<C extends Record>(
      AuthStrategyProvider<C> provider, String type, PluginCalls calls, Class<C> configType)
      implements AuthStrategyProvider<C>, ThirdParty {
    @Override
    public AuthStrategy create(C config, HopContext hop) {
      return calls.run("create of '" + type + "'", () -> provider.create(config, hop));
    }

    @Override
    public String plugin() {
      return calls.plugin();
    }
  }

  private record Transports<C extends Record>(
      TransportProvider<C> provider, String type, PluginCalls calls, Class<C> configType)
      implements TransportProvider<C>, ThirdParty {
    @Override
    public Transport create(C config, HopContext hop) {
      return calls.run("create of '" + type + "'", () -> provider.create(config, hop));
    }

    @Override
    public String plugin() {
      return calls.plugin();
    }
  }

  private record Secrets<C extends Record>(
      SecretProvider<C> provider, String type, PluginCalls calls, Class<C> configType)
      implements SecretProvider<C>, ThirdParty {
    @Override
    public Secret create(C config, PluginContext context) {
      return calls.run("create of '" + type + "'", () -> provider.create(config, context));
    }

    @Override
    public String plugin() {
      return calls.plugin();
    }
  }
}
