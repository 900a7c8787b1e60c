package dev.postern.core.config;

import static java.util.Objects.requireNonNull;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import dev.postern.core.plugin.Nearest;
import dev.postern.core.text.Sanitiser;
import dev.postern.problem.Code;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads everything of a configuration but the routes whose plugins are not loaded yet. */
final class BookReader {
  private static final List<String> SECTIONS = List.of("defaults", "routes", "groups", "plugins");

  private BookReader() {}

  static RouteBook read(Config config, ConfigEnvironment chosen) {
    Findings findings = new Findings();
    InlineSecrets none = new InlineSecrets(new SecretIdentities());
    ConfigObject postern = object(config.root(), "postern", findings);
    expectKeys(postern, "postern", SECTIONS, findings);
    ConfigEnvironment environment = chosen.preferring(preferred(postern, findings));
    ConfigObject defaults = defaults(object(postern, "defaults", findings));
    Findings inherited = new Findings();
    RouteReader.checkPolicy(
        environment,
        none,
        defaults,
        "defaults",
        "the defaults",
        Set.of(ReconnectReader.KEY),
        inherited);
    new ReconnectReader(environment, none, inherited)
        .read(defaults.get(ReconnectReader.KEY), Paths.child("defaults", ReconnectReader.KEY));
    findings.addAll(inherited);
    RouteReader full = new RouteReader(environment, none, defaults, inherited);
    RouteReader sparing = new RouteReader(environment.withoutLoading(), none, defaults, inherited);
    Map<String, WrittenRoute> routes = new LinkedHashMap<>();
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
      expectName(name, "route", value, path, findings);
      WrittenRoute entry = new WrittenRoute(name, route, path, full);
      findings.addAll(entry.read(sparing));
      routes.put(name, entry);
    }
    Map<String, WrittenGroup> groups = groups(postern, routes, full, sparing, findings);
    findings.throwIfAny();
    warnOfReaders(findings, environment);
    return new RouteBook(environment, defaults, routes, groups);
  }

  private static Map<String, WrittenGroup> groups(
      ConfigObject postern,
      Map<String, WrittenRoute> routes,
      RouteReader full,
      RouteReader sparing,
      Findings findings) {
    Map<String, WrittenGroup> groups = new LinkedHashMap<>();
    ConfigObject written = object(postern, "groups", findings);
    GroupReader reader = new GroupReader(routes, findings);
    for (String name : inOrder(written)) {
      String path = Paths.child("groups", name);
      ConfigValue value = requireNonNull(written.get(name));
      if (!(value instanceof ConfigObject object)) {
        findings.problem(
            Code.CONFIG_WRONG_VALUE,
            value.origin(),
            path,
            "expected an object with the targets and settings of a group");
        continue;
      }
      expectName(name, "group", value, path, findings);
      WrittenGroup group = reader.read(name, object, path);
      findings.addAll(group.check(full, sparing, false, findings));
      groups.put(name, group);
    }
    return groups;
  }

  private static void expectName(
      String name, String what, ConfigValue value, String path, Findings findings) {
    if (name.isEmpty() || name.startsWith("-") || !Sanitiser.line(name).equals(name)) {
      findings.problem(
          Code.CONFIG_WRONG_VALUE,
          value.origin(),
          path,
          "a %s's name cannot be empty, begin with '-' or hold what cannot be seen"
              .formatted(what));
    }
  }

  /** Which plugin wins where several have the same type: {@code postern.plugins.prefer}. */
  private static Map<String, String> preferred(ConfigObject postern, Findings findings) {
    ConfigObject plugins = object(postern, "plugins", findings);
    expectKeys(plugins, "postern.plugins", List.of("prefer"), findings);
    Map<String, String> choices = new LinkedHashMap<>();
    object(plugins, "prefer", findings)
        .forEach(
            (type, choice) -> {
              if (choice.valueType() == ConfigValueType.STRING) {
                choices.put(type, ValueBinder.text(choice));
              } else {
                findings.problem(
                    Code.CONFIG_WRONG_VALUE,
                    choice.origin(),
                    "plugins.prefer." + type,
                    "expected the id or the place of a plugin");
              }
            });
    return choices;
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

  private static void expectKeys(
      ConfigObject object, String name, List<String> known, Findings findings) {
    for (String key : object.keySet()) {
      if (!known.contains(key)) {
        findings.problem(
            Code.CONFIG_UNKNOWN_KEY,
            requireNonNull(object.get(key)).origin(),
            key,
            "unknown setting for %s.%s Known: %s"
                .formatted(name, Nearest.hint(key, known), String.join(", ", known)));
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
}
