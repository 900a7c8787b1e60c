package dev.postern.auth.password;

import dev.postern.api.auth.AuthStrategy;
import dev.postern.api.auth.AuthStrategyProvider;
import dev.postern.api.hop.HopContext;

/** The strategy {@code password}. */
public final class PasswordProvider implements AuthStrategyProvider<PasswordConfig> {
  @Override
  public String type() {
    return "password";
  }

  @Override
  public Class<PasswordConfig> configType() {
    return PasswordConfig.class;
  }

  @Override
  public AuthStrategy create(PasswordConfig config, HopContext hop) {
    return new PasswordStrategy(config, hop.hop().user());
  }
}
