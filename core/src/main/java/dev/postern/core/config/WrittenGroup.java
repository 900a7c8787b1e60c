package dev.postern.core.config;

import static java.util.Objects.requireNonNull;

import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigOrigin;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import com.typesafe.config.ConfigValueType;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

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
  static final String HOST = "host";

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
   * What is wrong with it. Of targets that are alike but for their hosts, one speaks for all if
   * nothing is wrong with it.
   *
   * @param known what was found already, for the route that it goes through
   */
  Findings check(RouteReader full, RouteReader sparing, boolean fully, Findings known) {
    Findings all = new Findings();
    Set<ConfigObject> right = new HashSet<>();
    for (String target : toCheck()) {
      ConfigObject hop = requireNonNull(targets.get(target));
      ConfigObject alike = hop.withoutKey(HOST);
      if (right.contains(alike) && isHost(hop.get(HOST))) {
        continue;
      }
      WrittenRoute written = new WrittenRoute(target, route(target), path, full);
      Findings found = fully ? written.readFully() : written.read(sparing);
      if (found.isClean()) {
        right.add(alike);
      }
      Findings fresh = new Findings();
      fresh.addNew(known, found.moved(this::shown));
      all.addNew(all, fresh);
    }
    return all;
  }

  /** Those without settings of their own have the group's, so the first will do. */
  private List<String> toCheck() {
    List<String> chosen = new ArrayList<>();
    targets.keySet().stream()
        .filter(target -> !special.contains(target))
        .findFirst()
        .ifPresent(chosen::add);
    chosen.addAll(special);
    return chosen;
  }

  /** Whether it is certainly a host, without more reading. */
  static boolean isHost(@Nullable ConfigValue value) {
    if (value == null || value.valueType() != ConfigValueType.STRING) {
      return false;
    }
    Findings findings = new Findings();
    Limits.check(value.atKey(HOST).root(), "", findings);
    return findings.isClean();
  }

  /** The target's own hop is written in the group itself. */
  String shown(String problemPath) {
    String last = Paths.element(Paths.child(path, "hops"), before.size());
    return problemPath.startsWith(last) ? path + problemPath.substring(last.length()) : problemPath;
  }
}
