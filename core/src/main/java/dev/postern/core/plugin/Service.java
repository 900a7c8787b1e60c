package dev.postern.core.plugin;

import dev.postern.api.auth.AuthStrategyProvider;
import dev.postern.api.secret.SecretProvider;
import dev.postern.api.transport.TransportProvider;
import dev.postern.plugin.PluginType;
import dev.postern.plugin.PluginType.Kind;
import dev.postern.problem.Code;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.Set;

/**
 * The providers of one extension point in one plugin, and what was wrong with others: one that is
 * broken does not lose the rest.
 */
final class Service {
  /** A loader that fails without end must not hold us up. */
  private static final int FAULT_LIMIT = 100;

  private final Kind kind;
  private final PluginCalls calls;
  private final Map<String, Object> providers = new LinkedHashMap<>();
  private final List<PluginFault> faults = new ArrayList<>();

  private Service(Kind kind, PluginCalls calls) {
    this.kind = kind;
    this.calls = calls;
  }

  static Service load(Kind kind, ClassLoader loader, PluginCalls calls) {
    Service service = new Service(kind, calls);
    Iterator<?> found = ServiceLoader.load(Plugin.service(kind), loader).iterator();
    while (service.faults.size() < FAULT_LIMIT) {
      try {
        if (!calls.run("looking for its providers", found::hasNext)) {
          break;
        }
        Object provider = calls.run("the constructor of a provider", found::next);
        service.add(loader, provider);
      } catch (PluginFault e) {
        service.faults.add(e);
        if (e.code() == Code.PLUGIN_HANGS || e.code() == Code.CANCELLED) {
          break; // the iterator is still in that call
        }
      } catch (ServiceConfigurationError e) {
        service.faults.add(Causes.fault(calls.plugin(), "looking for its providers", e));
      }
    }
    return service;
  }

  private void add(ClassLoader loader, Object provider) {
    if (provider.getClass().getClassLoader() != loader) {
      return; // the host's own, seen through its API
    }
    String name = calls.run("type of " + provider.getClass().getName(), () -> type(provider));
    try {
      PluginType type = new PluginType(kind, name);
      if (providers.putIfAbsent(type.name(), guarded(provider, name)) != null) {
        faults.add(fault("two providers of " + type));
      }
    } catch (IllegalArgumentException e) {
      faults.add(fault("the type of %s: %s".formatted(provider.getClass(), e.getMessage())));
    }
  }

  private PluginFault fault(String sentence) {
    return new PluginFault(
        Code.PLUGIN_DIFFERS, "the plugin %s is broken: %s".formatted(calls.plugin(), sentence));
  }

  /** What a provider says its type is. */
  static String type(Object provider) {
    if (provider instanceof AuthStrategyProvider<?> auth) {
      return auth.type();
    }
    return provider instanceof TransportProvider<?> transport
        ? transport.type()
        : ((SecretProvider<?>) provider).type();
  }

  private Object guarded(Object provider, String type) {
    return switch (kind) {
      case AUTH -> Guarded.auth((AuthStrategyProvider<?>) provider, type, calls);
      case TRANSPORT -> Guarded.transport((TransportProvider<?>) provider, type, calls);
      case SECRET -> Guarded.secret((SecretProvider<?>) provider, type, calls);
    };
  }

  Set<String> types() {
    return providers.keySet();
  }

  List<PluginFault> faults() {
    return faults;
  }

  /**
   * The provider of a type.
   *
   * @throws PluginFault if there is none
   */
  Object provider(String type) {
    Object provider = providers.get(type);
    if (provider == null) {
      throw missing(type);
    }
    return provider;
  }

  /** Why there is none: what was broken, if anything, may have been it. */
  PluginFault missing(String type) {
    if (!faults.isEmpty()) {
      return faults.get(0);
    }
    return new PluginFault(
        Code.PLUGIN_DIFFERS,
        "the plugin %s says that it provides %s:%s, and no provider in META-INF/services/%s has that type"
            .formatted(calls.plugin(), kind, type, Plugin.service(kind).getName()));
  }
}
