package dev.postern.core.config;

import static java.util.Objects.requireNonNull;

import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import dev.postern.api.hop.Endpoint;
import dev.postern.api.hop.HopInfo;
import dev.postern.fleet.FleetTarget;
import dev.postern.problem.ConfigException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The ways to the targets of one run. Of the targets of a group that differ in their host alone,
 * one is read, and the others are made after it: reading takes longer than a handshake. Not safe
 * for use by several threads.
 */
public final class TargetPlans {
  private final GroupBook groups;
  private final SharedSecrets answers;
  private final SecretIdentities identities;
  private final Map<Kind, Model> models = new HashMap<>();

  TargetPlans(GroupBook groups, SharedSecrets answers, SecretIdentities identities) {
    this.groups = groups;
    this.answers = answers;
    this.identities = identities;
  }

  /**
   * The way to a target.
   *
   * @throws ConfigException with everything that is wrong with it
   */
  public TargetPlan plan(FleetTarget target) {
    if (target.group().isEmpty()) {
      return groups.plan(target, answers, identities);
    }
    WrittenGroup group = groups.group(target);
    ConfigObject hop = requireNonNull(group.targets().get(target.name()));
    Kind kind = new Kind(group.name(), hop.withoutKey(WrittenGroup.HOST));
    Model model = models.get(kind);
    RoutePlan alike = model == null ? null : model.with(target.name(), hop.get(WrittenGroup.HOST));
    if (alike == null) {
      Findings findings = new Findings();
      alike = groups.read(group, target.name(), answers, identities, findings);
      models.put(kind, Model.of(alike, group, findings));
    }
    return new TargetPlan(alike, group.ownAuthorities());
  }

  /** What targets have in common that differ in their host alone. */
  private record Kind(String group, ConfigObject hop) {}

  /** A target that was read, with the settings of its own hop. */
  private record Model(RoutePlan plan, List<BoundSetting> settings, String path) {
    static Model of(RoutePlan plan, WrittenGroup group, Findings findings) {
      String path = Paths.element(Paths.child(group.path(), "hops"), group.before().size());
      return new Model(
          plan,
          findings.settings().stream()
              .filter(setting -> setting.path().startsWith(path + "."))
              .toList(),
          path);
    }

    /** The same at another host; null if that is not certain, and has to be read. */
    @Nullable RoutePlan with(String name, @Nullable ConfigValue host) {
      if (host == null || !WrittenGroup.isHost(host)) {
        return null;
      }
      String text = ValueBinder.text(host);
      List<HopPlan> hops = new ArrayList<>(plan.hops());
      HopPlan last = hops.remove(hops.size() - 1);
      HopInfo info = last.info();
      hops.add(
          new HopPlan(
              new HopInfo(
                  info.index(),
                  info.count(),
                  info.user(),
                  new Endpoint(text, info.endpoint().port())),
              last.transport(),
              last.auth(),
              last.policy(),
              SharingKey.of(settings.stream().map(each -> at(each, text)).toList(), path),
              last.authorities(),
              last.watch()));
      return new RoutePlan(name, hops, plan.forwards(), plan.reconnect());
    }

    private BoundSetting at(BoundSetting setting, String host) {
      return setting.path().equals(Paths.child(path, WrittenGroup.HOST))
          ? BoundSetting.plain(setting.path(), host, setting.origin())
          : setting;
    }
  }
}
