package dev.postern.core.secret;

import dev.postern.api.config.Default;
import dev.postern.api.config.Doc;
import dev.postern.api.hop.PluginContext;
import dev.postern.api.secret.Secret;
import dev.postern.api.secret.SecretException;
import dev.postern.api.secret.SecretProvider;
import dev.postern.api.secret.SecretValue;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** The source {@code command}: what a program prints. No shell is involved. */
public final class CommandSecretProvider implements SecretProvider<CommandSecretProvider.Config> {
  /** The settings of {@code command}. */
  public record Config(
      @Doc("The program and its arguments; no shell reads them.") List<String> command,
      @Default("30s") @Doc("How long it may take.") Duration timeout) {
    /** Checks the values. */
    public Config {
      command = List.copyOf(command);
      if (command.isEmpty()) {
        throw new IllegalArgumentException(
            "command: the list is empty; it starts with the program");
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
    return () -> run(config);
  }

  private static SecretValue run(Config config) throws SecretException {
    String program = config.command().get(0);
    Process process;
    try {
      process =
          new ProcessBuilder(config.command())
              .redirectInput(new File("/dev/null"))
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
    } catch (IOException e) {
      throw new SecretException(
          "the command '%s' cannot be run: %s".formatted(program, e.getMessage()), e);
    }
    CompletableFuture<Void> watch = new CompletableFuture<>();
    watch
        .orTimeout(config.timeout().toMillis(), TimeUnit.MILLISECONDS)
        .whenComplete(
            (done, late) -> {
              if (late != null) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
              }
            });
    try (InputStream output = process.getInputStream()) {
      SecretValue value = SecretText.read(output, "the command '" + program + "'");
      int exit = process.waitFor();
      if (watch.isCompletedExceptionally() || exit != 0) {
        value.close();
        throw new SecretException(
            watch.isCompletedExceptionally()
                ? "the command '%s' took longer than %d s"
                    .formatted(program, config.timeout().toSeconds())
                : "the command '%s' failed with exit code %d".formatted(program, exit));
      }
      return value;
    } catch (IOException e) {
      throw new SecretException(
          "the output of '%s' cannot be read: %s".formatted(program, e.getMessage()), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SecretException("the command '%s' was cancelled".formatted(program), e);
    } finally {
      watch.complete(null);
      process.destroyForcibly();
    }
  }
}
