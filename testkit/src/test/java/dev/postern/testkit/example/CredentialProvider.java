package dev.postern.testkit.example;

import dev.postern.api.config.Doc;
import dev.postern.api.hop.PluginContext;
import dev.postern.api.secret.Secret;
import dev.postern.api.secret.SecretException;
import dev.postern.api.secret.SecretProvider;
import dev.postern.api.secret.SecretValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** The secret source {@code credential}: what systemd handed to this service. */
public final class CredentialProvider implements SecretProvider<CredentialProvider.Config> {
  private static final String DIRECTORY = "CREDENTIALS_DIRECTORY";

  /** Its settings. */
  @Doc("A credential that systemd handed to this service (LoadCredential=).")
  public record Config(
      @Doc(value = "The credential's name.", example = "db-password") String credential) {
    /** Checks the value. */
    public Config {
      if (!credential.matches("[A-Za-z0-9_][A-Za-z0-9_.-]*")) {
        throw new IllegalArgumentException("credential: '%s' is no name".formatted(credential));
      }
    }
  }

  @Override
  public String type() {
    return "credential";
  }

  @Override
  public Class<Config> configType() {
    return Config.class;
  }

  @Override
  public Secret create(Config config, PluginContext context) {
    return new Credential(config.credential(), context);
  }

  private record Credential(String name, PluginContext context) implements Secret {
    @Override
    public SecretValue read() throws SecretException {
      String directory = context.environment(DIRECTORY).orElse("");
      if (directory.isEmpty()) {
        throw new SecretException(
            "credential '%s': %s is not set; is this a service of systemd with LoadCredential=?"
                .formatted(name, DIRECTORY));
      }
      byte[] bytes = {};
      try {
        bytes = Files.readAllBytes(Path.of(directory, name));
        return SecretValue.ofUtf8(bytes);
      } catch (IOException | IllegalArgumentException e) {
        throw new SecretException(
            "credential '%s' cannot be read from %s: %s".formatted(name, directory, e), e);
      } finally {
        Arrays.fill(bytes, (byte) 0);
      }
    }
  }
}
