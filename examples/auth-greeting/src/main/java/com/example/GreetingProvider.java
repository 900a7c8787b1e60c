package com.example;

import dev.postern.api.auth.AuthStrategy;
import dev.postern.api.auth.AuthStrategyProvider;
import dev.postern.api.hop.HopContext;

/** What postern finds: the name of the strategy, its settings, and how it is made of them. */
public final class GreetingProvider implements AuthStrategyProvider<GreetingSettings> {
  @Override
  public String type() {
    return "greeting";
  }

  @Override
  public Class<GreetingSettings> configType() {
    return GreetingSettings.class;
  }

  @Override
  public AuthStrategy create(GreetingSettings settings, HopContext hop) {
    return new Greeting(settings);
  }
}
