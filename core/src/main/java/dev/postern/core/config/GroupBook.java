package dev.postern.core.config;

import static java.util.Objects.requireNonNull;

import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import dev.postern.core.plugin.Nearest;
import dev.postern.fleet.FleetTarget;
import dev.postern.fleet.TargetNames;
import dev.postern.problem.Code;
import dev.postern.problem.ConfigException;
import dev.postern.problem.ConfigProblem;
import dev.postern.route.Explanation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The groups of a configuration, and the routes to targets. Safe for use by several threads. */
final class GroupBook {
  private final ConfigEnvironment environment;
  private final ConfigObject defaults;
  private final Map<String, WrittenRoute> routes;
  private final Map<String, WrittenGroup> groups;

  GroupBook(
      ConfigEnvironment environment,
      ConfigObject defaults,
      Map<String, WrittenRoute> routes,
      Map<String, WrittenGroup> groups) {
    this.environment = environment;
    this.defaults = defaults;
    this.routes = routes;
    this.groups = groups;
  }

  List<String> names() {
    return List.copyOf(groups.keySet());
  }

  List<String> targets(String group) {
    return List.copyOf(entry(group).targets().keySet());
  }

  /** What is wrong with groups, their plugins included, that is not wrong with their routes. */
  void check(Findings known) {
    RouteReader full = reader(environment, new InlineSecrets(new SecretIdentities()));
    groups.values().forEach(group -> known.addAll(group.check(full, full, true, known)));
  }

  /** The first target as it will be used; the others differ in what they say themselves. */
  Explanation explain(String name) {
    WrittenGroup group = entry(name);
    List<String> targets = List.copyOf(group.targets().keySet());
    Findings findings = new Findings();
    RoutePlan plan =
        reader(environment, new InlineSecrets(new SecretIdentities()))
            .read(targets.get(0), group.route(targets.get(0)), group.path(), findings);
    findings.moved(group::shown).throwIfAny();
    List<Explanation.Setting> settings = new ArrayList<>();
    settings.add(
        new Explanation.Setting(
            "targets", TargetNames.fold(targets), Origins.text(group.origin())));
    String prefix = group.path() + ".";
    for (BoundSetting setting : findings.settings()) {
      String path = group.shown(setting.path());
      settings.add(
          new Explanation.Setting(
              path.startsWith(prefix) ? path.substring(prefix.length()) : path,
              setting.shown(),
              setting.origin()));
    }
    requireNonNull(plan);
    return new Explanation("@" + name, settings);
  }

  /**
   * The way to a target that is in no group.
   *
   * @throws ConfigException with everything that is wrong with it
   */
  TargetPlan plan(FleetTarget target, SharedSecrets answers, SecretIdentities identities) {
    InlineSecrets inline = new InlineSecrets(identities);
    Findings findings = new Findings();
    ConfigObject own = inline.object(target.route().orElseThrow());
    ConfigObject whole = target.via().map(via -> behind(via, own)).orElse(own);
    RoutePlan plan =
        reader(environment.sharing(answers), inline).read(target.name(), whole, "", findings);
    findings.throwIfAny();
    return new TargetPlan(requireNonNull(plan).withoutForwards(), false);
  }

  /**
   * The way to a target of a group.
   *
   * @param findings takes the settings
   * @throws ConfigException with everything that is wrong with it
   */
  RoutePlan read(
      WrittenGroup group,
      String target,
      SharedSecrets answers,
      SecretIdentities identities,
      Findings findings) {
    RoutePlan plan =
        reader(environment.sharing(answers), new InlineSecrets(identities))
            .read(target, group.route(target), group.path(), findings);
    findings.moved(group::shown).throwIfAny();
    return requireNonNull(plan);
  }

  /**
   * The group of a target.
   *
   * @throws ConfigException if there is no such group, or no such target in it
   */
  WrittenGroup group(FleetTarget target) {
    WrittenGroup group = entry(target.group().orElseThrow());
    if (!group.targets().containsKey(target.name())) {
      throw unknown("the group '%s' has no target '%s'".formatted(group.name(), target.name()));
    }
    return group;
  }

  private ConfigObject behind(String via, ConfigObject own) {
    WrittenRoute route = routes.get(via);
    if (route == null) {
      throw new ConfigException(
          List.of(
              new ConfigProblem(
                  Code.CONFIG_UNKNOWN_ROUTE,
                  "",
                  "",
                  "no route '%s' to go through.%s"
                      .formatted(via, Nearest.hint(via, routes.keySet())))));
    }
    List<ConfigValue> hops = new ArrayList<>(route.completeHops());
    hops.addAll(GroupReader.complete(own));
    return WrittenGroup.compose(hops, own.origin());
  }

  private RouteReader reader(ConfigEnvironment with, InlineSecrets inline) {
    return new RouteReader(with, inline, defaults, new Findings());
  }

  private WrittenGroup entry(String name) {
    WrittenGroup group = groups.get(name);
    if (group == null) {
      throw unknown(
          "no group '%s'.%s Of groups, %s"
              .formatted(
                  name,
                  Nearest.hint(name, groups.keySet()),
                  groups.isEmpty()
                      ? "none is configured"
                      : "there is "
                          + String.join(
                              ", ", groups.keySet().stream().map("'%s'"::formatted).toList())));
    }
    return group;
  }

  private static ConfigException unknown(String message) {
    return new ConfigException(
        List.of(new ConfigProblem(Code.FLEET_UNKNOWN_GROUP, "", "", message)));
  }
}
