package dev.postern.core.config;

import dev.postern.api.auth.AuthStrategyProvider;
import dev.postern.api.hop.HopInfo;
import dev.postern.api.transport.TransportProvider;
import dev.postern.core.hop.HopPolicy;
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
 */
public record HopPlan(
    HopInfo info,
    PluginUse<TransportProvider<?>> transport,
    List<PluginUse<AuthStrategyProvider<?>>> auth,
    HopPolicy policy,
    String sharingKey) {
  public HopPlan {
    auth = List.copyOf(auth);
  }

  /** Without the sharing key: whoever knows all but a weak password could find it by the digest. */
  @Override
  public String toString() {
    return "HopPlan[%s, transport=%s, auth=%s, policy=%s]".formatted(info, transport, auth, policy);
  }
}
