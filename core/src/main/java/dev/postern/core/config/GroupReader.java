package dev.postern.core.config;

import static java.util.Objects.requireNonNull;

import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigOrigin;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import com.typesafe.config.ConfigValueType;
import dev.postern.core.plugin.Nearest;
import dev.postern.fleet.TargetNames;
import dev.postern.problem.Code;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code postern.groups}: targets that have their settings, and the way to them, in common.
 */
final class GroupReader {
  private static final String VIA = "via";
  private static final String HOPS = "hops";
  private static final String TARGETS = "targets";
  private static final String AUTHORITY = "authority";
  private static final String NAME = "name";
  private static final String HOST = "host";

  private final Map<String, WrittenRoute> routes;
  private final Findings findings;

  /** A reader of groups that may go through these routes. */
  GroupReader(Map<String, WrittenRoute> routes, Findings findings) {
    this.routes = routes;
    this.findings = findings;
  }

  WrittenGroup read(String name, ConfigObject group, String path) {
    ConfigObject common = group;
    for (String key : List.of(VIA, HOPS, TARGETS, AUTHORITY)) {
      common = common.withoutKey(key);
    }
    if (common.containsKey(HOST)) {
      problem(
          Code.CONFIG_UNKNOWN_KEY,
          requireNonNull(common.get(HOST)).origin(),
          Paths.child(path, HOST),
          "a group has no host; its targets have");
      common = common.withoutKey(HOST);
    }
    Map<String, ConfigObject> targets = new LinkedHashMap<>();
    Set<String> special = new LinkedHashSet<>();
    readTargets(group, common, path, targets, special);
    return new WrittenGroup(
        name, path, group.origin(), before(group, path), targets, special, own(group, path));
  }

  private boolean own(ConfigObject group, String path) {
    ConfigValue value = group.get(AUTHORITY);
    String text = value == null ? "shared" : String.valueOf(value.unwrapped());
    if (value != null && !text.equals("shared") && !text.equals("own")) {
      problem(
          Code.CONFIG_WRONG_VALUE,
          value.origin(),
          Paths.child(path, AUTHORITY),
          "expected shared (one place knows the secrets of all targets) or own (each target knows its own)");
    }
    return text.equals("own");
  }

  private List<ConfigValue> before(ConfigObject group, String path) {
    ConfigValue via = group.get(VIA);
    ConfigValue hops = group.get(HOPS);
    if (via != null && hops != null) {
      problem(
          Code.CONFIG_WRONG_VALUE,
          via.origin(),
          Paths.child(path, VIA),
          "a group has either 'via', the name of a route, or 'hops' of its own");
    }
    if (hops != null) {
      return hops instanceof ConfigList list ? List.copyOf(list) : List.of(hops);
    }
    if (via == null) {
      return List.of();
    }
    WrittenRoute route =
        via.valueType() == ConfigValueType.STRING ? routes.get(ValueBinder.text(via)) : null;
    if (route == null) {
      String text = ValueBinder.text(via);
      problem(
          Code.CONFIG_UNKNOWN_ROUTE,
          via.origin(),
          Paths.child(path, VIA),
          "no route '%s'.%s It is the route whose hops lead to the targets"
              .formatted(text, Nearest.hint(text, routes.keySet())));
      return List.of();
    }
    return route.completeHops();
  }

  private void readTargets(
      ConfigObject group,
      ConfigObject common,
      String path,
      Map<String, ConfigObject> targets,
      Set<String> special) {
    ConfigValue written = group.get(TARGETS);
    String targetsPath = Paths.child(path, TARGETS);
    if (!(written instanceof ConfigList list) || list.isEmpty()) {
      problem(
          written == null ? Code.CONFIG_MISSING : Code.CONFIG_WRONG_VALUE,
          written == null ? group.origin() : written.origin(),
          targetsPath,
          "a group needs 'targets', a list such as [\"web[01-20]\", db1]");
      return;
    }
    for (int i = 0; i < list.size(); i++) {
      ConfigValue value = list.get(i);
      String at = Paths.element(targetsPath, i);
      ConfigObject own = value instanceof ConfigObject object ? object : null;
      for (String name : names(value, own, at)) {
        ConfigObject hop = hop(name, own, common, value.origin());
        if (targets.putIfAbsent(name, hop) != null) {
          problem(
              Code.CONFIG_WRONG_VALUE,
              value.origin(),
              at,
              "the target '%s' is there twice".formatted(name));
        }
        if (own != null) {
          special.add(name);
        }
      }
    }
  }

  private List<String> names(ConfigValue value, @Nullable ConfigObject own, String path) {
    ConfigValue text = own == null ? value : own.getOrDefault(NAME, own.get(HOST));
    if (text == null
        || text.valueType() == ConfigValueType.LIST
        || text.valueType() == ConfigValueType.OBJECT
        || text.valueType() == ConfigValueType.NULL) {
      problem(
          text == null ? Code.CONFIG_MISSING : Code.CONFIG_WRONG_VALUE,
          value.origin(),
          path,
          "expected the name of a target, names such as \"web[01-20]\", or an object with 'name' and settings of a hop");
      return List.of();
    }
    try {
      List<String> names = TargetNames.expand(ValueBinder.text(text));
      if (names.size() > 1 && own != null && own.containsKey(HOST) && own.containsKey(NAME)) {
        throw new IllegalArgumentException(
            "%d targets cannot have one host".formatted(names.size()));
      }
      return names;
    } catch (IllegalArgumentException e) {
      problem(Code.FLEET_BAD_TARGETS, text.origin(), path, String.valueOf(e.getMessage()));
      return List.of();
    }
  }

  /** Its host is its name, unless it says otherwise. */
  private static ConfigObject hop(
      String name, @Nullable ConfigObject own, ConfigObject common, ConfigOrigin origin) {
    ConfigObject hop = own == null ? common : merged(own, common);
    boolean hasHost = own != null && own.containsKey(NAME) && own.containsKey(HOST);
    ConfigObject named =
        hasHost ? hop : hop.withValue(HOST, ConfigValueFactory.fromAnyRef(name).withOrigin(origin));
    return named.withOrigin(own == null ? common.origin() : own.origin());
  }

  private static ConfigObject merged(ConfigObject own, ConfigObject common) {
    ConfigObject said = Paths.withoutNulls(own).withoutKey(NAME);
    ConfigObject beneath = common;
    for (String key : said.keySet()) {
      beneath = beneath.withoutKey(key);
    }
    return said.withFallback(beneath);
  }

  private void problem(Code code, ConfigOrigin origin, String path, String message) {
    findings.problem(code, origin, path, message);
  }

  /** The hops of a route with what the route says for them, fit to stand in another route. */
  static List<ConfigValue> complete(ConfigObject route) {
    List<ConfigValue> hops = new ArrayList<>();
    if (route.get(HOPS) instanceof ConfigList list) {
      ConfigObject policy = RouteReader.policyOf(route).root();
      for (ConfigValue hop : list) {
        hops.add(
            hop instanceof ConfigObject object
                ? Paths.withoutNulls(object).withFallback(policy).withOrigin(hop.origin())
                : hop);
      }
    }
    return hops;
  }
}
