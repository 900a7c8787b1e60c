package com.example.postern.vault;

import dev.postern.api.auth.AuthStrategy;
import dev.postern.api.auth.AuthStrategyProvider;
import dev.postern.api.hop.HopContext;

/**
 * Provides the strategy {@code vault-ssh}.
 *
 * <p>A provider remembers the certificates that were signed, as long as they are fresh, so that
 * many hops ask once. Safe for use by several threads.
 */
public final class VaultSshProvider implements AuthStrategyProvider<VaultSshConfig> {
  private final Certificates certificates = new Certificates();

  /** For {@link java.util.ServiceLoader}. */
  public VaultSshProvider() {}

  @Override
  public String type() {
    return "vault-ssh";
  }

  @Override
  public Class<VaultSshConfig> configType() {
    return VaultSshConfig.class;
  }

  @Override
  public AuthStrategy create(VaultSshConfig config, HopContext hop) {
    return new VaultSshStrategy(config, hop, certificates);
  }
}
