package dev.postern.auth.totp;

import dev.postern.api.auth.AuthStrategy;
import dev.postern.api.auth.AuthStrategyProvider;
import dev.postern.api.hop.HopContext;

/** The strategy {@code totp}. */
public final class TotpProvider implements AuthStrategyProvider<TotpConfig> {
  @Override
  public String type() {
    return "totp";
  }

  @Override
  public Class<TotpConfig> configType() {
    return TotpConfig.class;
  }

  @Override
  public AuthStrategy create(TotpConfig config, HopContext hop) {
    return new TotpStrategy(
        new CodeSource(config.secret(), config.parameters(), hop), config.ask(), hop.time());
  }
}
