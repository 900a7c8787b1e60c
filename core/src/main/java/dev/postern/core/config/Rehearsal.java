package dev.postern.core.config;

import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigOrigin;
import com.typesafe.config.ConfigValue;
import dev.postern.api.auth.AuthStrategy;
import dev.postern.api.config.MisconfiguredException;
import dev.postern.api.hop.HopContext;
import dev.postern.api.hop.PluginContext;
import dev.postern.core.context.CoreHopContext;
import dev.postern.core.plugin.PluginFault;
import dev.postern.problem.Code;

/**
 * Makes the plugins of a hop once, as its opening will, so that settings which only {@code create}
 * finds to contradict each other are reported where they stand. Creating does no I/O. A plugin that
 * breaks here breaks its hop when that is opened, and no other.
 */
final class Rehearsal {
  private final PluginContext services;
  private final Findings findings;

  Rehearsal(PluginContext services, Findings findings) {
    this.services = services;
    this.findings = findings;
  }

  void run(HopPlan plan, ConfigObject hop, String path) {
    HopContext context = new CoreHopContext(services, plan.info(), note -> {});
    ConfigValue transport = hop.get("transport");
    attempt(
        () -> PluginUse.createTransport(plan.transport(), context),
        transport == null ? hop.origin() : transport.origin(),
        Paths.child(path, "transport"));
    for (int i = 0; i < plan.auth().size(); i++) {
      PluginUse<dev.postern.api.auth.AuthStrategyProvider<?>> use = plan.auth().get(i);
      attempt(
          () -> close(PluginUse.create(use, context)),
          element(hop, i),
          Paths.element(Paths.child(path, "auth"), i));
    }
  }

  private static ConfigOrigin element(ConfigObject hop, int index) {
    return hop.get("auth") instanceof ConfigList list ? list.get(index).origin() : hop.origin();
  }

  private void attempt(Runnable creation, ConfigOrigin origin, String path) {
    try {
      creation.run();
    } catch (MisconfiguredException e) {
      findings.problem(Code.PLUGIN_MISCONFIGURED, origin, path, String.valueOf(e.getMessage()));
    } catch (PluginFault e) {
      findings.problem(e.code(), origin, path, e.sentence());
    } catch (RuntimeException | LinkageError e) {
      return; // its hop says so when it is opened
    }
  }

  private static void close(AuthStrategy strategy) {
    strategy.close();
  }
}
