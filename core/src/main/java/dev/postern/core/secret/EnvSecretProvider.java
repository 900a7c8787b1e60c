package dev.postern.core.secret;

import dev.postern.api.config.Doc;
import dev.postern.api.hop.PluginContext;
import dev.postern.api.secret.Secret;
import dev.postern.api.secret.SecretException;
import dev.postern.api.secret.SecretProvider;
import dev.postern.api.secret.SecretValue;

/** The source {@code env}: a variable of the environment. */
public final class EnvSecretProvider implements SecretProvider<EnvSecretProvider.Config> {
  /** The settings of {@code env}. */
  public record Config(@Doc("The name of the variable.") String env) {}

  @Override
  public String type() {
    return "env";
  }

  @Override
  public Class<Config> configType() {
    return Config.class;
  }

  @Override
  public Secret create(Config config, PluginContext context) {
    return () ->
        SecretValue.of(
            context
                .environment(config.env())
                .orElseThrow(
                    () ->
                        new SecretException(
                            "the environment variable %s is not set".formatted(config.env()))));
  }
}
