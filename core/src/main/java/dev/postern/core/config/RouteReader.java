package dev.postern.core.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import com.typesafe.config.ConfigValueType;
import dev.postern.api.auth.AuthStrategyProvider;
import dev.postern.api.hop.HopInfo;
import dev.postern.api.transport.TransportProvider;
import dev.postern.core.plugin.Nearest;
import dev.postern.core.plugin.Providers;
import dev.postern.problem.Code;
import dev.postern.route.ForwardSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads one route. */
final class RouteReader {
  private static final String TYPE = "type";
  private static final Set<String> ROUTE_KEYS = Set.of("hops", "forwards");

  private final ConfigEnvironment environment;
  private final Findings findings;
  private final ValueBinder values;

  RouteReader(ConfigEnvironment environment, InlineSecrets inline, Findings findings) {
    this.environment = environment;
    this.findings = findings;
    this.values = new ValueBinder(environment, inline, findings);
  }

  /** The route; null if anything is wrong with it, which the findings then have. */
  @Nullable RoutePlan read(String name, ConfigObject route, ConfigObject defaults, String path) {
    List<String> known = new ArrayList<>(ROUTE_KEYS);
    known.addAll(HopSettings.POLICY_KEYS);
    boolean clean = expectKnown(route, known, path, "a route", findings);
    if (!(route.get("hops") instanceof ConfigList list) || list.isEmpty()) {
      findings.problem(
          Code.CONFIG_MISSING,
          route.origin(),
          Paths.child(path, "hops"),
          "missing: a route needs a list of at least one hop");
      return null;
    }
    Config policy =
        route.withoutKey("hops").withoutKey("forwards").toConfig().withFallback(defaults);
    List<HopPlan> hops = new ArrayList<>();
    for (int i = 0; i < list.size(); i++) {
      String hopPath = Paths.element(Paths.child(path, "hops"), i);
      HopPlan hop = hop(list.get(i), policy, i, list.size(), hopPath);
      if (hop != null) {
        hops.add(hop);
      }
    }
    List<ForwardSpec> forwards = forwards(route.get("forwards"), Paths.child(path, "forwards"));
    return clean && hops.size() == list.size() && forwards != null
        ? new RoutePlan(name, hops, forwards)
        : null;
  }

  /** Reports keys that nobody knows. */
  static boolean expectKnown(
      ConfigObject object, List<String> known, String path, String what, Findings findings) {
    boolean clean = true;
    for (String key : object.keySet()) {
      if (!known.contains(key)) {
        clean = false;
        findings.problem(
            Code.CONFIG_UNKNOWN_KEY,
            object.get(key).origin(),
            Paths.child(path, key),
            "unknown setting for %s.%s".formatted(what, Nearest.hint(key, known)));
      }
    }
    return clean;
  }

  private @Nullable HopPlan hop(
      ConfigValue value, Config policy, int index, int count, String path) {
    if (!(value instanceof ConfigObject object)) {
      findings.problem(
          Code.CONFIG_WRONG_VALUE,
          value.origin(),
          path,
          "expected an object with the settings of a hop");
      return null;
    }
    int before = findings.settings().size();
    ConfigObject merged = object.toConfig().withFallback(policy).root().withOrigin(object.origin());
    HopSettings settings =
        values.records().bind(HopSettings.class, merged, path, "a hop", Set.of());
    if (settings == null) {
      return null;
    }
    String user =
        settings
            .user()
            .or(() -> environment.services().environment("USER"))
            .orElse(System.getProperty("user.name"));
    if (settings.user().isEmpty()) {
      findings.setting(new BoundSetting(Paths.child(path, "user"), user, user, Origins.DEFAULT));
    }
    ConfigValue transport =
        settings
            .transport()
            .orElseGet(
                () ->
                    ConfigValueFactory.fromAnyRef(index == 0 ? "direct" : "jump", Origins.DEFAULT));
    PluginUse<TransportProvider<?>> transportUse =
        plugin(
            environment.plugins().transports(),
            TransportProvider::configType,
            transport,
            Paths.child(path, "transport"),
            "transport");
    List<PluginUse<AuthStrategyProvider<?>>> auth = new ArrayList<>();
    for (int i = 0; i < settings.auth().size(); i++) {
      PluginUse<AuthStrategyProvider<?>> use =
          plugin(
              environment.plugins().auth(),
              AuthStrategyProvider::configType,
              settings.auth().get(i),
              Paths.element(Paths.child(path, "auth"), i),
              "strategy");
      if (use != null) {
        auth.add(use);
      }
    }
    if (transportUse == null || auth.size() != settings.auth().size()) {
      return null;
    }
    List<BoundSetting> own = findings.settings().subList(before, findings.settings().size());
    return new HopPlan(
        new HopInfo(index + 1, count, user, settings.endpoint()),
        transportUse,
        auth,
        settings.policy(),
        SharingKey.of(own, path));
  }

  private <P> @Nullable PluginUse<P> plugin(
      Providers<P> providers,
      Function<P, Class<? extends Record>> configType,
      ConfigValue value,
      String path,
      String what) {
    ConfigObject object =
        value.valueType() == ConfigValueType.STRING
            ? ConfigValueFactory.fromMap(Map.of(TYPE, value.unwrapped())).withOrigin(value.origin())
            : value instanceof ConfigObject written ? written : null;
    if (object == null || object.get(TYPE) == null) {
      findings.problem(
          Code.CONFIG_MISSING,
          value.origin(),
          Paths.child(path, TYPE),
          "missing: a %s needs its type, one of %s"
              .formatted(what, String.join(", ", providers.types())));
      return null;
    }
    String type = String.valueOf(object.get(TYPE).unwrapped());
    Optional<P> provider = providers.find(type);
    if (provider.isEmpty()) {
      findings.problem(
          providers.problem(
              type, Origins.text(object.get(TYPE).origin()), Paths.child(path, TYPE)));
      return null;
    }
    findings.setting(
        new BoundSetting(
            Paths.child(path, TYPE), type, type, Origins.text(object.get(TYPE).origin())));
    Record config =
        values
            .records()
            .bind(configType.apply(provider.get()), object, path, "'" + type + "'", Set.of(TYPE));
    return config == null ? null : new PluginUse<>(type, provider.get(), config);
  }

  private @Nullable List<ForwardSpec> forwards(@Nullable ConfigValue value, String path) {
    if (value == null) {
      return List.of();
    }
    if (!(value instanceof ConfigList list)) {
      findings.problem(
          Code.CONFIG_WRONG_VALUE, value.origin(), path, "expected a list of forwards");
      return null;
    }
    List<ForwardSpec> result = new ArrayList<>();
    for (int i = 0; i < list.size(); i++) {
      String element = Paths.element(path, i);
      ForwardSettings settings =
          list.get(i) instanceof ConfigObject object
              ? values.records().bind(ForwardSettings.class, object, element, "a forward", Set.of())
              : null;
      if (settings != null) {
        result.add(settings.spec());
      } else if (!(list.get(i) instanceof ConfigObject)) {
        findings.problem(
            Code.CONFIG_WRONG_VALUE,
            list.get(i).origin(),
            element,
            "expected { local = \"127.0.0.1:15432\", remote = \"localhost:5432\" }");
      }
    }
    return result.size() == list.size() ? result : null;
  }
}
