package dev.postern.core.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import dev.postern.api.auth.AuthStrategyProvider;
import dev.postern.api.hop.HopInfo;
import dev.postern.api.transport.TransportProvider;
import dev.postern.core.hop.HopWatch;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads one hop. */
final class HopReader {
  /** The order in which a hop's settings are explained. */
  private static final List<String> ORDER = List.of("host", "port", "user", "transport");

  private static final Pattern FIRST_NAME = Pattern.compile("[.\\[]");

  private final ConfigEnvironment environment;
  private final Findings findings;
  private final ValueBinder values;
  private final PluginBinder plugins;

  HopReader(ConfigEnvironment environment, InlineSecrets inline, Findings findings) {
    this.environment = environment;
    this.findings = findings;
    this.values = new ValueBinder(environment, inline, findings, false);
    this.plugins = new PluginBinder(environment, values, findings);
  }

  /** The hop; null if anything is wrong with it, which the findings then have. */
  @Nullable HopPlan read(ConfigObject hop, Config policy, int index, int count, String path) {
    Limits.check(hop, path, findings);
    ConfigObject merged =
        Paths.withoutNulls(hop).toConfig().withFallback(policy).root().withOrigin(hop.origin());
    Limits.checkProposal(merged, path, findings);
    HopSettings settings =
        values.records().bind(HopSettings.class, merged, path, "a hop", Set.of());
    PluginUse<TransportProvider<?>> transport =
        plugins.bind(
            environment.plugins().transports(),
            TransportProvider::configType,
            transport(merged, index),
            Paths.child(path, "transport"),
            "a transport");
    List<PluginUse<AuthStrategyProvider<?>>> auth = plan(merged, Paths.child(path, "auth"));
    if (settings == null || transport == null || !findings.isClean()) {
      return null;
    }
    String user = settings.user().orElseGet(() -> defaultUser(path));
    HopPlan plan =
        new HopPlan(
            new HopInfo(index + 1, count, user, settings.endpoint()),
            transport,
            auth,
            settings.policy(),
            SharingKey.of(findings.settings(), path),
            authorities(user, auth.size(), Paths.child(path, "auth")),
            HopWatch.NOBODY);
    new Rehearsal(environment.services(), findings).run(plan, merged, path);
    return plan;
  }

  private static ConfigValue transport(ConfigObject hop, int index) {
    ConfigValue written = hop.get("transport");
    return written == null
        ? ConfigValueFactory.fromAnyRef(index == 0 ? "direct" : "jump", Origins.DEFAULT)
        : written;
  }

  private List<PluginUse<AuthStrategyProvider<?>>> plan(ConfigObject hop, String path) {
    List<PluginUse<AuthStrategyProvider<?>>> plan = new ArrayList<>();
    if (!(hop.get("auth") instanceof ConfigList strategies)) {
      return plan;
    }
    for (int i = 0; i < strategies.size(); i++) {
      PluginUse<AuthStrategyProvider<?>> use =
          plugins.bind(
              environment.plugins().auth(),
              AuthStrategyProvider::configType,
              strategies.get(i),
              Paths.element(path, i),
              "a strategy");
      if (use != null) {
        plan.add(use);
      }
    }
    return plan;
  }

  /** By the settings of a strategy that has a secret, and the user. */
  private List<String> authorities(String user, int count, String path) {
    List<String> authorities = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String strategy = Paths.element(path, i);
      List<BoundSetting> own =
          findings.settings().stream()
              .filter(setting -> setting.path().startsWith(strategy + "."))
              .toList();
      boolean secret = own.stream().anyMatch(setting -> setting.shown().startsWith("***"));
      authorities.add(secret ? SharingKey.of(own, strategy) + " " + user : "");
    }
    return authorities;
  }

  private String defaultUser(String path) {
    String user =
        Optional.ofNullable(environment.services().environment("USER").orElse(null))
            .filter(name -> !name.isEmpty())
            .orElse(System.getProperty("user.name"));
    findings.setting(BoundSetting.plain(Paths.child(path, "user"), user, Origins.DEFAULT));
    return user;
  }

  /** What was bound, in the order of the plan. */
  List<BoundSetting> settings(String path) {
    return findings.settings().stream()
        .sorted(
            Comparator.comparingInt(setting -> rank(setting.path().substring(path.length() + 1))))
        .toList();
  }

  private static int rank(String key) {
    String first = FIRST_NAME.split(key, 2)[0];
    if (ORDER.contains(first)) {
      return ORDER.indexOf(first);
    }
    return first.equals("auth") ? ORDER.size() + 1 : ORDER.size();
  }
}
