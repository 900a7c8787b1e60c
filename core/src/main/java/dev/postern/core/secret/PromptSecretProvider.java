package dev.postern.core.secret;

import dev.postern.api.config.Doc;
import dev.postern.api.hop.PluginContext;
import dev.postern.api.secret.Secret;
import dev.postern.api.secret.SecretException;
import dev.postern.api.secret.SecretProvider;
import dev.postern.api.secret.SecretValue;

/** The secret source {@code prompt}: the person is asked each time the secret is needed. */
public final class PromptSecretProvider implements SecretProvider<PromptSecretProvider.Config> {
  /**
   * The settings.
   *
   * @param prompt the question, shown as it is
   */
  @Doc("What the person types.")
  public record Config(
      @Doc(value = "The question, shown as it is.", example = "\"Database password: \"")
          String prompt) {}

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
    return new Source(config.prompt(), context);
  }

  private record Source(String prompt, PluginContext context) implements Secret {
    @Override
    public SecretValue read() throws SecretException {
      return context.person().ask(prompt, false);
    }

    @Override
    public String toString() {
      return "*** (prompt " + prompt + ")";
    }
  }
}
