package dev.postern.auth.interactive;

import dev.postern.api.auth.AuthStrategy;
import dev.postern.api.auth.AuthStrategyProvider;
import dev.postern.api.hop.HopContext;

/** The strategy {@code interactive}. */
public final class InteractiveProvider implements AuthStrategyProvider<InteractiveConfig> {
  @Override
  public String type() {
    return "interactive";
  }

  @Override
  public Class<InteractiveConfig> configType() {
    return InteractiveConfig.class;
  }

  @Override
  public AuthStrategy create(InteractiveConfig config, HopContext hop) {
    return new InteractiveStrategy(config, hop);
  }
}
