package dev.postern.core.wire;

import dev.postern.api.config.MisconfiguredException;
import dev.postern.api.hop.HopContext;
import dev.postern.api.hop.HopInfo;
import dev.postern.api.hop.PluginContext;
import dev.postern.circuit.Phase;
import dev.postern.core.auth.AuthEngine;
import dev.postern.core.auth.NamedStrategy;
import dev.postern.core.auth.PlannedAuth;
import dev.postern.core.circuit.HopServices;
import dev.postern.core.config.HopPlan;
import dev.postern.core.config.PluginUse;
import dev.postern.core.context.CoreHopContext;
import dev.postern.core.hop.HopFailure;
import dev.postern.core.hop.TrailRecorder;
import dev.postern.core.hostkey.HostKeyVerifier;
import dev.postern.core.hostkey.KnownHosts;
import dev.postern.core.memory.HostMemory;
import dev.postern.core.memory.Memories;
import dev.postern.core.plugin.PluginFault;
import dev.postern.core.plugin.ThirdParty;
import dev.postern.core.text.Sanitiser;
import dev.postern.problem.Code;
import java.util.ArrayList;
import java.util.List;

/** What a hop's plan says, made. */
final class PlannedHopServices implements HopServices {
  private final PluginContext services;
  private final Memories memories;
  private final KnownHosts knownHosts;

  PlannedHopServices(PluginContext services, Memories memories) {
    this.memories = memories;
    this.services = services;
    this.knownHosts = new KnownHosts(services.time());
  }

  @Override
  public HopContext transportContext(TrailRecorder trail) {
    return context(trail, Phase.CONNECT, "");
  }

  private HopContext context(TrailRecorder trail, Phase phase, String label) {
    return new CoreHopContext(
        label.isEmpty() ? services : new LabelledContext(services, label),
        trail.hop(),
        text -> trail.record(phase, Sanitiser.line(text)));
  }

  @Override
  public AuthEngine engine(HopPlan plan, TrailRecorder trail) throws HopFailure {
    HopContext context = context(trail, Phase.AUTH, plan.watch().label());
    List<NamedStrategy> strategies = new ArrayList<>();
    try {
      for (PluginUse<dev.postern.api.auth.AuthStrategyProvider<?>> use : plan.auth()) {
        strategies.add(
            new NamedStrategy(
                use.type(),
                PluginUse.create(use, context),
                ThirdParty.mention(use.provider()),
                plan.watch().of(strategies.size())));
      }
      return new PlannedAuth(strategies, plan.policy(), trail);
    } catch (MisconfiguredException e) {
      throw failed(
          strategies, plan, Code.AUTH_STRATEGY_MISCONFIGURED, String.valueOf(e.getMessage()), e);
    } catch (PluginFault e) {
      throw failed(strategies, plan, e.code(), e.sentence(), e);
    } catch (RuntimeException | LinkageError e) {
      throw failed(strategies, plan, Code.AUTH_STRATEGY_BROKEN, "it failed with " + e, e);
    }
  }

  private static HopFailure failed(
      List<NamedStrategy> made, HopPlan plan, Code code, String why, Throwable cause) {
    String type = plan.auth().get(made.size()).type();
    new PlannedAuth(made, plan.policy(), new NoTrail(plan.info())).close();
    return new HopFailure(
        code,
        Phase.AUTH,
        "the strategy '%s' cannot be used: %s".formatted(type, Sanitiser.line(why)),
        cause);
  }

  @Override
  public HostKeyVerifier verifier(HopPlan plan) {
    return knownHosts.verifier(
        plan.info(), plan.policy(), services.person(), services.person()::tell);
  }

  @Override
  public HostMemory memory(HopPlan plan) {
    return memories.of(plan.info(), plan.policy());
  }

  private record NoTrail(HopInfo hop) implements TrailRecorder {
    @Override
    public void record(Phase phase, String text) {}
  }
}
