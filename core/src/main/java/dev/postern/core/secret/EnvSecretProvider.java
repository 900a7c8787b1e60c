package dev.postern.core.secret;

import dev.postern.api.config.Doc;
import dev.postern.api.hop.PluginContext;
import dev.postern.api.secret.Secret;
import dev.postern.api.secret.SecretException;
import dev.postern.api.secret.SecretProvider;
import dev.postern.api.secret.SecretValue;

/** The secret source {@code env}: a variable of the environment. */
public final class EnvSecretProvider implements SecretProvider<EnvSecretProvider.Config> {
  /**
   * The settings.
   *
   * @param env the variable's name
   */
  @Doc("A variable of the environment.")
  public record Config(
      @Doc(value = "The variable that holds the secret.", example = "DB_PASSWORD") String env) {
    /** Checks the name. */
    public Config {
      if (env.isEmpty()) {
        throw new IllegalArgumentException("env: the name of the variable is empty");
      }
    }
  }

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
    return new Source(config.env(), context);
  }

  private record Source(String name, PluginContext context) implements Secret {
    @Override
    public SecretValue read() throws SecretException {
      String value =
          context
              .environment(name)
              .orElseThrow(
                  () ->
                      new SecretException(
                          "the environment variable '%s' is not set".formatted(name)));
      if (value.isEmpty()) {
        throw new SecretException("the environment variable '%s' is empty".formatted(name));
      }
      return SecretValue.of(value);
    }

    @Override
    public boolean isAtHand() {
      return true;
    }

    @Override
    public String toString() {
      return "*** (env " + name + ")";
    }
  }
}
