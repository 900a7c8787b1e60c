package dev.postern.core.secret;

import dev.postern.api.config.Doc;
import dev.postern.api.hop.PluginContext;
import dev.postern.api.secret.Secret;
import dev.postern.api.secret.SecretProvider;

/** The source {@code prompt}: the person. */
public final class PromptSecretProvider implements SecretProvider<PromptSecretProvider.Config> {
  /** The settings of {@code prompt}. */
  public record Config(@Doc("What to ask.") String prompt) {}

  @Override
  public String type() {
    return "prompt";
  }

  @Override
  public Class<Config> configType() {
    return Config.class;
  }

  @Override
  public Secret create(Config config, PluginContext context) {
    return () -> context.person().ask(config.prompt(), false);
  }
}
