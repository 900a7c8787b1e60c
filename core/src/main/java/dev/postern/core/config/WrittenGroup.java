package dev.postern.core.config;

import static java.util.Objects.requireNonNull;

import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigOrigin;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A group as it stands in the file. A route is made of it for each target that is asked for: the
 * hops on the way, then the target's own.
 *
 * @param before the hops on the way, complete
 * @param targets the last hop of each target, by its name, in the order of the file
 * @param special the targets with settings of their own
 * @param ownAuthorities whether each target decides for itself on secrets
 */
record WrittenGroup(
    String name,
    String path,
    ConfigOrigin origin,
    List<ConfigValue> before,
    Map<String, ConfigObject> targets,
    Set<String> special,
    boolean ownAuthorities) {
  /** The route of a target. */
  ConfigObject route(String target) {
    List<ConfigValue> hops = new ArrayList<>(before);
    hops.add(requireNonNull(targets.get(target)));
    return compose(hops, origin);
  }

  /** A route of hops that are complete. */
  static ConfigObject compose(List<ConfigValue> hops, ConfigOrigin origin) {
    return ConfigFactory.empty()
        .root()
        .withValue("hops", ConfigValueFactory.fromIterable(hops).withOrigin(origin))
        .withOrigin(origin);
  }

  /**
   * What is wrong with it. Targets without settings of their own are alike, so one of them speaks
   * for all.
   *
   * @param known what was found already, for the route that it goes through
   */
  Findings check(RouteReader full, RouteReader sparing, boolean fully, Findings known) {
    Findings all = new Findings();
    Map<String, ConfigObject> distinct = new LinkedHashMap<>();
    targets.keySet().stream()
        .filter(target -> !special.contains(target))
        .limit(1)
        .forEach(target -> distinct.put(target, route(target)));
    special.forEach(target -> distinct.put(target, route(target)));
    distinct.forEach(
        (target, route) -> {
          WrittenRoute written = new WrittenRoute(target, route, path, full);
          Findings found = fully ? written.readFully() : written.read(sparing);
          Findings fresh = new Findings();
          fresh.addNew(known, found.moved(this::shown));
          all.addNew(all, fresh);
        });
    return all;
  }

  /** The target's own hop is written in the group itself. */
  String shown(String problemPath) {
    String last = Paths.element(Paths.child(path, "hops"), before.size());
    return problemPath.startsWith(last) ? path + problemPath.substring(last.length()) : problemPath;
  }
}
