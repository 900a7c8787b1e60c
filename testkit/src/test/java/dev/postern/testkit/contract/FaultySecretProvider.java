package dev.postern.testkit.contract;

import dev.postern.api.config.Doc;
import dev.postern.api.hop.PluginContext;
import dev.postern.api.secret.Secret;
import dev.postern.api.secret.SecretException;
import dev.postern.api.secret.SecretProvider;
import dev.postern.api.secret.SecretValue;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A source that keeps to nothing: every test of the contract must find its fault. */
public final class FaultySecretProvider implements SecretProvider<FaultySecretProvider.Config> {
  /** Its settings. */
  @Doc("Reads a file too early.")
  public record Config(@Doc("The file.") Path path) {}

  @Override
  public String type() {
    return "faulty-secret";
  }

  @Override
  public Class<Config> configType() {
    return Config.class;
  }

  @Override
  public Secret create(Config config, PluginContext context) {
    try {
      return new Faulty(Files.readString(config.path()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static final class Faulty implements Secret {
    private final String text;
    private final SecretValue only;

    Faulty(String text) {
      this.text = text;
      this.only = SecretValue.of(text);
    }

    /** The same value each time; of what is no word it complains with all of it. */
    @Override
    public SecretValue read() throws SecretException {
      if (text.contains(" ")) {
        throw new SecretException(text + " is no word");
      }
      return only;
    }

    @Override
    public String toString() {
      return "a file with " + text;
    }
  }
}
