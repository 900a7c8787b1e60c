package dev.postern.auth.scripted;

import dev.postern.api.auth.AuthStrategy;
import dev.postern.api.auth.AuthStrategyProvider;
import dev.postern.api.hop.HopContext;

/** The strategy {@code mfa-scripted}. */
public final class ScriptedProvider implements AuthStrategyProvider<ScriptedConfig> {
  @Override
  public String type() {
    return "mfa-scripted";
  }

  @Override
  public Class<ScriptedConfig> configType() {
    return ScriptedConfig.class;
  }

  @Override
  public AuthStrategy create(ScriptedConfig config, HopContext hop) {
    return config.answers().isPresent()
        ? new PositionalStrategy(config.answers().get())
        : new RuleStrategy(config.rules(), config.inOrder());
  }
}
