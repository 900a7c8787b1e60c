package dev.postern.core.config;

import static java.util.Objects.requireNonNull;

import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import dev.postern.api.secret.Secret;
import dev.postern.core.plugin.Nearest;
import dev.postern.core.plugin.PluginRegistry;
import dev.postern.problem.Code;
import dev.postern.problem.ConfigException;
import dev.postern.problem.ConfigProblem;
import dev.postern.route.Explanation;
import dev.postern.route.Route;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * The routes of a configuration, bound and validated. What is wrong with a plugin, and whatever a
 * plugin that has a folder of its own has to say to its settings, shows when a route that names it
 * is asked for. Safe for use by several threads.
 */
public final class RouteBook {
  private final ConfigEnvironment environment;
  private final ConfigObject defaults;
  private final Map<String, WrittenRoute> routes;
  private final GroupBook groups;
  private final SecretIdentities identities = new SecretIdentities();

  RouteBook(
      ConfigEnvironment environment,
      ConfigObject defaults,
      Map<String, WrittenRoute> routes,
      Map<String, WrittenGroup> groups) {
    this.groups = new GroupBook(environment, defaults, routes, groups);
    this.environment = environment;
    this.defaults = defaults;
    this.routes = routes;
  }

  /**
   * Reads a file.
   *
   * @throws ConfigException with everything that is wrong with it
   */
  public static RouteBook load(Path file, ConfigEnvironment environment) {
    return BookReader.read(HoconFile.read(file, environment.services()), environment);
  }

  /** No routes, for those written in code. */
  public static RouteBook empty(ConfigEnvironment environment) {
    return BookReader.read(Reference.ofCore(), environment);
  }

  /** The plugins, as the configuration chooses among them. */
  public PluginRegistry plugins() {
    return environment.plugins();
  }

  /** The names of the routes, in the order of the file. */
  public List<String> names() {
    return List.copyOf(routes.keySet());
  }

  /** The names of the groups, in the order of the file. */
  public List<String> groupNames() {
    return groups.names();
  }

  /**
   * The targets of a group, in the order of the file.
   *
   * @throws ConfigException if there is no such group
   */
  public List<String> targets(String group) {
    return groups.targets(group);
  }

  /**
   * Plans the ways to the targets of a run.
   *
   * @param answers what the person says for all targets
   */
  public TargetPlans targetPlans(SharedSecrets answers) {
    return new TargetPlans(groups, answers, identities);
  }

  /** What is wrong with routes of the file, their plugins included, in the order of the file. */
  public List<ConfigProblem> problems() {
    Findings findings = new Findings();
    routes.values().forEach(route -> findings.addAll(route.readFully()));
    groups.check(findings);
    return findings.problems();
  }

  /**
   * A route of the file.
   *
   * @throws ConfigException if there is none of that name
   */
  public RoutePlan plan(String name) {
    return entry(name).plan();
  }

  /**
   * A route written in code.
   *
   * @throws ConfigException with everything that is wrong with it
   */
  public RoutePlan plan(Route route) {
    return entry(route).plan();
  }

  /** A route of the file, or {@code @} and a group of it, with the origin of each value. */
  public Explanation explain(String name) {
    if (name.startsWith("@") && !routes.containsKey(name)) {
      return groups.explain(name.substring(1));
    }
    return entry(name).explain(Paths.child("routes", name) + ".");
  }

  /** A route written in code, with its defaults. */
  public Explanation explain(Route route) {
    return entry(route).explain("");
  }

  /**
   * A secret that is written by itself: {@code { env = NAME }}.
   *
   * @throws ConfigException if it cannot be understood
   */
  public static Secret secret(String hocon, ConfigEnvironment environment) {
    Findings findings = new Findings();
    InlineSecrets none = new InlineSecrets(new SecretIdentities());
    try {
      ConfigValue value = HoconFile.parse(hocon, "command line", environment.services());
      Object secret =
          new ValueBinder(environment, none, findings, true).bind(Secret.class, value, "secret");
      findings.throwIfAny();
      return (Secret) requireNonNull(secret);
    } catch (com.typesafe.config.ConfigException e) {
      throw new ConfigException(
          List.of(
              new ConfigProblem(
                  Code.CONFIG_WRONG_VALUE,
                  "command line",
                  "",
                  "this is not a secret in HOCON, such as { env = NAME }")));
    }
  }

  private BoundRoute entry(String name) {
    WrittenRoute entry = routes.get(name);
    if (entry != null) {
      return entry.bound();
    }
    String known =
        routes.isEmpty()
            ? "none is configured"
            : "there is "
                + String.join(", ", routes.keySet().stream().map("'%s'"::formatted).toList());
    throw new ConfigException(
        List.of(
            new ConfigProblem(
                Code.CONFIG_UNKNOWN_ROUTE,
                "",
                "",
                "no route '%s'.%s Of routes, %s"
                    .formatted(name, Nearest.hint(name, routes.keySet()), known))));
  }

  private BoundRoute entry(Route route) {
    InlineSecrets inline = new InlineSecrets(identities);
    ConfigObject object = inline.object(route);
    Findings findings = new Findings();
    RoutePlan plan =
        new RouteReader(environment, inline, defaults, new Findings())
            .read(route.name(), object, "", findings);
    findings.throwIfAny();
    return new BoundRoute(requireNonNull(plan), findings.settings());
  }
}
