package dev.postern.core.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import dev.postern.problem.Code;
import dev.postern.route.ForwardSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads one route. */
final class RouteReader {
  private static final String HOPS = "hops";
  private static final String FORWARDS = "forwards";

  private final ConfigEnvironment environment;
  private final InlineSecrets inline;
  private final ConfigObject defaults;
  private final Findings inherited;

  /**
   * A reader.
   *
   * @param inherited what is wrong with the defaults, which is not reported again for every hop
   */
  RouteReader(
      ConfigEnvironment environment,
      InlineSecrets inline,
      ConfigObject defaults,
      Findings inherited) {
    this.environment = environment;
    this.inline = inline;
    this.defaults = defaults;
    this.inherited = inherited;
  }

  /** Checks what the defaults or a route say for their hops. */
  static void checkPolicy(
      ConfigEnvironment environment,
      InlineSecrets inline,
      ConfigObject object,
      String path,
      String what,
      Set<String> others,
      Findings findings) {
    Findings own = new Findings();
    Limits.check(object, path, own);
    Limits.checkProposal(object, path, own);
    new ValueBinder(environment, inline, own, false)
        .records()
        .bind(PolicySettings.class, object, path, what, others);
    findings.addAll(own);
  }

  /** The route; null if anything is wrong with it, which the findings then have. */
  @Nullable RoutePlan read(String name, ConfigObject route, String path, Findings findings) {
    Findings policyFindings = new Findings();
    policyFindings.addAll(inherited);
    checkPolicy(
        environment,
        inline,
        route,
        path,
        "a route",
        Set.of(HOPS, FORWARDS, ReconnectReader.KEY),
        policyFindings);
    findings.addAll(policyFindings);
    Config policy = policyOf(route).withFallback(policyOf(defaults));
    List<HopPlan> hops = hops(route, policy, path, policyFindings, findings);
    Findings forwardFindings = new Findings();
    List<ForwardSpec> forwards =
        new ForwardReader(
                new ValueBinder(environment, inline, forwardFindings, false), forwardFindings)
            .read(Paths.withoutNulls(route).get(FORWARDS), Paths.child(path, FORWARDS));
    findings.addAll(forwardFindings);
    forwardFindings.settings().forEach(findings::setting);
    Reconnect reconnect = reconnect(route, path, findings);
    return findings.isClean() && reconnect != null
        ? new RoutePlan(name, hops, forwards, reconnect)
        : null;
  }

  /** The nearer wins, key by key. */
  private @Nullable Reconnect reconnect(ConfigObject route, String path, Findings findings) {
    ConfigObject own = only(route);
    Findings wrong = new Findings();
    Reconnect reconnect =
        new ReconnectReader(environment, inline, wrong)
            .read(
                own.withFallback(only(defaults)).get(ReconnectReader.KEY),
                Paths.child(path, ReconnectReader.KEY));
    findings.addNew(inherited, wrong);
    wrong.settings().forEach(findings::setting);
    return reconnect;
  }

  private static ConfigObject only(ConfigObject object) {
    return Paths.withoutNulls(object).withOnlyKey(ReconnectReader.KEY);
  }

  /** Without what is unknown: a hop that inherited it would report it again. */
  static Config policyOf(ConfigObject object) {
    ConfigObject policy = Paths.withoutNulls(object);
    for (String key : policy.keySet()) {
      if (!PolicySettings.keys().contains(key)) {
        policy = policy.withoutKey(key);
      }
    }
    return policy.toConfig();
  }

  private List<HopPlan> hops(
      ConfigObject route, Config policy, String path, Findings policyFindings, Findings findings) {
    List<HopPlan> hops = new ArrayList<>();
    ConfigValue written = route.get(HOPS);
    String hopsPath = Paths.child(path, HOPS);
    if (!(written instanceof ConfigList list) || list.isEmpty()) {
      findings.problem(
          written == null ? Code.CONFIG_MISSING : Code.CONFIG_WRONG_VALUE,
          written == null ? route.origin() : written.origin(),
          hopsPath,
          "a route needs 'hops', a list of at least one hop");
      return hops;
    }
    for (int i = 0; i < list.size(); i++) {
      String hopPath = Paths.element(hopsPath, i);
      if (!(list.get(i) instanceof ConfigObject object)) {
        findings.problem(
            Code.CONFIG_WRONG_VALUE,
            list.get(i).origin(),
            hopPath,
            "expected an object with the settings of a hop");
        continue;
      }
      Findings own = new Findings();
      HopReader reader = new HopReader(environment, inline, own);
      HopPlan hop = reader.read(object, policy, i, list.size(), hopPath);
      findings.addNew(policyFindings, own);
      if (hop != null) {
        reader.settings(hopPath).forEach(findings::setting);
        hops.add(hop);
      }
    }
    return hops;
  }
}
