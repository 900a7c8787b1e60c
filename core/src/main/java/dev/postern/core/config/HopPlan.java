package dev.postern.core.config;

import dev.postern.api.auth.AuthStrategyProvider;
import dev.postern.api.hop.HopInfo;
import dev.postern.api.transport.TransportProvider;
import dev.postern.core.hop.HopPolicy;
import dev.postern.core.hop.HopWatch;
import java.util.List;

/**
 * One hop of a route, bound and validated.
 *
 * @param info its facts
 * @param transport how it is reached
 * @param auth its plan, in order
 * @param policy its other settings
 * @param sharingKey equal for two hops that may share a connection: same endpoint, user, transport,
 *     plan and policy. It holds no secret in the clear.
 * @param authorities for each strategy of the plan, what is equal for two that would send the same
 *     secret for the same user; empty for one without a secret
 * @param watch what a run over many targets wants here
 */
public record HopPlan(
    HopInfo info,
    PluginUse<TransportProvider<?>> transport,
    List<PluginUse<AuthStrategyProvider<?>>> auth,
    HopPolicy policy,
    String sharingKey,
    List<String> authorities,
    HopWatch watch) {
  public HopPlan {
    auth = List.copyOf(auth);
    authorities = List.copyOf(authorities);
  }

  /** A hop that stands alone. */
  public HopPlan(
      HopInfo info,
      PluginUse<TransportProvider<?>> transport,
      List<PluginUse<AuthStrategyProvider<?>>> auth,
      HopPolicy policy,
      String sharingKey) {
    this(info, transport, auth, policy, sharingKey, List.of(), HopWatch.NOBODY);
  }

  /** The same hop under another policy, or watched by somebody else. */
  public HopPlan with(HopPolicy other, HopWatch by) {
    String key = other.equals(policy) ? sharingKey : sharingKey + " " + other.connectTimeout();
    return new HopPlan(info, transport, auth, other, key, authorities, by);
  }

  /** Without the sharing key: whoever knows all but a weak password could find it by the digest. */
  @Override
  public String toString() {
    return "HopPlan[%s, transport=%s, auth=%s, policy=%s]".formatted(info, transport, auth, policy);
  }
}
