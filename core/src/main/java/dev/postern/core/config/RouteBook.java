package dev.postern.core.config;

import static java.util.Objects.requireNonNull;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import dev.postern.api.secret.Secret;
import dev.postern.core.plugin.Nearest;
import dev.postern.core.text.Sanitiser;
import dev.postern.problem.Code;
import dev.postern.problem.ConfigException;
import dev.postern.problem.ConfigProblem;
import dev.postern.route.Explanation;
import dev.postern.route.Route;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The routes of a configuration, bound and validated. Immutable. */
public final class RouteBook {
  private static final List<String> SECTIONS = List.of("defaults", "routes");

  private final ConfigEnvironment environment;
  private final ConfigObject defaults;
  private final Map<String, Entry> routes;
  private final SecretIdentities identities = new SecretIdentities();

  private RouteBook(
      ConfigEnvironment environment, ConfigObject defaults, Map<String, Entry> routes) {
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
    return read(HoconFile.read(file, environment.services()), environment);
  }

  /** No routes, for those written in code. */
  public static RouteBook empty(ConfigEnvironment environment) {
    return read(Reference.ofCore(), environment);
  }

  private static RouteBook read(Config config, ConfigEnvironment environment) {
    Findings findings = new Findings();
    InlineSecrets none = new InlineSecrets(new SecretIdentities());
    ConfigObject postern = object(config.root(), "postern", findings);
    expectSections(postern, findings);
    ConfigObject defaults = defaults(object(postern, "defaults", findings));
    Findings inherited = new Findings();
    RouteReader.checkPolicy(
        environment, none, defaults, "defaults", "the defaults", Set.of(), inherited);
    findings.addAll(inherited);
    RouteReader reader = new RouteReader(environment, none, defaults, inherited);
    Map<String, Entry> routes = new LinkedHashMap<>();
    ConfigObject written = object(postern, "routes", findings);
    for (String name : inOrder(written)) {
      String path = Paths.child("routes", name);
      ConfigValue value = requireNonNull(written.get(name));
      if (!(value instanceof ConfigObject route)) {
        findings.problem(
            Code.CONFIG_WRONG_VALUE,
            value.origin(),
            path,
            "expected an object with the settings of a route");
        continue;
      }
      if (name.isEmpty() || name.startsWith("-") || !Sanitiser.line(name).equals(name)) {
        findings.problem(
            Code.CONFIG_WRONG_VALUE,
            value.origin(),
            path,
            "a route's name cannot be empty, begin with '-' or hold what cannot be seen");
      }
      Findings own = new Findings();
      RoutePlan plan = reader.read(name, route, path, own);
      findings.addAll(own);
      if (plan != null) {
        routes.put(name, new Entry(plan, own.settings()));
      }
    }
    findings.throwIfAny();
    warnOfReaders(findings, environment);
    return new RouteBook(environment, defaults, routes);
  }

  /** Others can read what should be secret. Too late to refuse: they may have read it already. */
  private static void warnOfReaders(Findings findings, ConfigEnvironment environment) {
    for (Path file : findings.plainSecrets()) {
      if (FileCheck.isOpenToReaders(file)) {
        String warning =
            "Warning: %s has a secret that is written as it is, and others may read the file; take the right away: chmod go-r %s [%s]"
                .formatted(file, file, Code.SECRET_UNSAFE_FILE);
        environment.services().person().tell(warning);
      }
    }
  }

  /** A null in the file has hidden what core says. */
  private static ConfigObject defaults(ConfigObject written) {
    ConfigObject said = Paths.withoutNulls(written);
    return said.size() == written.size()
        ? written
        : said.withFallback(Reference.ofCore().getValue("postern.defaults"));
  }

  private static void expectSections(ConfigObject postern, Findings findings) {
    for (String key : postern.keySet()) {
      if (!SECTIONS.contains(key)) {
        findings.problem(
            Code.CONFIG_UNKNOWN_KEY,
            requireNonNull(postern.get(key)).origin(),
            key,
            "unknown setting for postern.%s Known: %s"
                .formatted(Nearest.hint(key, SECTIONS), String.join(", ", SECTIONS)));
      }
    }
  }

  /** The order of the file: the library keeps none, but every value knows its line. */
  private static List<String> inOrder(ConfigObject object) {
    return object.keySet().stream()
        .sorted(
            Comparator.comparingInt(
                    (String name) -> requireNonNull(object.get(name)).origin().lineNumber())
                .thenComparing(name -> name))
        .toList();
  }

  private static ConfigObject object(ConfigObject parent, String key, Findings findings) {
    ConfigValue value = parent.get(key);
    if (value instanceof ConfigObject object) {
      return object;
    }
    if (value != null) {
      findings.problem(Code.CONFIG_WRONG_VALUE, value.origin(), key, "expected an object");
    }
    return ConfigFactory.empty().root();
  }

  /** The names of the routes, in the order of the file. */
  public List<String> names() {
    return List.copyOf(routes.keySet());
  }

  /**
   * A route of the file.
   *
   * @throws ConfigException if there is none of that name
   */
  public RoutePlan plan(String name) {
    return entry(name).plan;
  }

  /**
   * A route written in code.
   *
   * @throws ConfigException with everything that is wrong with it
   */
  public RoutePlan plan(Route route) {
    return entry(route).plan;
  }

  /** A route of the file with the origin of each value. */
  public Explanation explain(String name) {
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

  private Entry entry(String name) {
    Entry entry = routes.get(name);
    if (entry != null) {
      return entry;
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

  private Entry entry(Route route) {
    InlineSecrets inline = new InlineSecrets(identities);
    Object settings = requireNonNull(inline.replace(route.settings()));
    ConfigObject object = (ConfigObject) ConfigValueFactory.fromAnyRef(settings, route.origin());
    Findings findings = new Findings();
    RoutePlan plan =
        new RouteReader(environment, inline, defaults, new Findings())
            .read(route.name(), object, "", findings);
    findings.throwIfAny();
    return new Entry(requireNonNull(plan), findings.settings());
  }

  private record Entry(RoutePlan plan, List<BoundSetting> settings) {
    Explanation explain(String prefix) {
      return new Explanation(
          plan.name(),
          settings.stream()
              .map(
                  setting ->
                      new Explanation.Setting(
                          withoutPrefix(setting.path(), prefix), setting.shown(), setting.origin()))
              .toList());
    }

    private static String withoutPrefix(String path, String prefix) {
      return path.startsWith(prefix) ? path.substring(prefix.length()) : path;
    }
  }
}
