package dev.postern.core.secret;

import dev.postern.api.config.Default;
import dev.postern.api.config.Doc;
import dev.postern.api.hop.PluginContext;
import dev.postern.api.secret.Secret;
import dev.postern.api.secret.SecretProvider;
import java.time.Duration;
import java.util.List;

/** The secret source {@code command}: what a program prints on its standard output. */
public final class CommandSecretProvider implements SecretProvider<CommandSecretProvider.Config> {
  /**
   * The settings.
   *
   * @param command the program and its arguments, run without a shell
   * @param timeout after which the program is killed
   */
  @Doc("What a program prints.")
  public record Config(
      @Doc(
              value = "The program and its arguments; there is no shell.",
              example = "[\"pass\", \"show\", \"db\"]")
          List<String> command,
      @Default("30s") @Doc("After this time the program is killed.") Duration timeout) {
    /** Checks the values. */
    public Config {
      command = List.copyOf(command);
      if (command.isEmpty() || command.get(0).isEmpty()) {
        throw new IllegalArgumentException("command: the program is not named");
      }
      if (timeout.isZero() || timeout.isNegative()) {
        throw new IllegalArgumentException("timeout: must be longer than nothing");
      }
    }
  }

  @Override
  public String type() {
    return "command";
  }

  @Override
  public Class<Config> configType() {
    return Config.class;
  }

  @Override
  public Secret create(Config config, PluginContext context) {
    return new CommandSecret(config.command(), config.timeout());
  }
}
