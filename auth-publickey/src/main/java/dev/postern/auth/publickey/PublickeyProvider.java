package dev.postern.auth.publickey;

import dev.postern.api.auth.AuthStrategy;
import dev.postern.api.auth.AuthStrategyProvider;
import dev.postern.api.config.MisconfiguredException;
import dev.postern.api.hop.HopContext;

/**
 * Provides the strategy {@code publickey} (RFC 4252 section 7).
 *
 * <p>A provider remembers the encrypted keys that were opened, as long as it lives, so that a
 * passphrase is asked once for all the openings that it serves. Safe for use by several threads.
 */
public final class PublickeyProvider implements AuthStrategyProvider<PublickeyConfig> {
  private final KeyRing ring = new KeyRing();

  /** For {@link java.util.ServiceLoader}. */
  public PublickeyProvider() {}

  @Override
  public String type() {
    return "publickey";
  }

  @Override
  public Class<PublickeyConfig> configType() {
    return PublickeyConfig.class;
  }

  /**
   * Makes the strategy.
   *
   * @throws MisconfiguredException if {@code identities-only} leaves nothing to offer, or {@code
   *     agent} is empty
   */
  @Override
  public AuthStrategy create(PublickeyConfig config, HopContext hop) {
    AgentChoice agent = AgentChoice.of(config.agent(), hop);
    if (config.identitiesOnly()
        && config.identities().isEmpty()
        && config.keys().isEmpty()
        && agent.isRequired()) {
      throw new MisconfiguredException(
          "identities-only leaves no key to offer; name the agent's keys in identities");
    }
    return new PublickeyStrategy(config, hop, agent, ring, Agent.Limits.USUAL);
  }
}
