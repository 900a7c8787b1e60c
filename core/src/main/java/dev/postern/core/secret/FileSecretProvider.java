package dev.postern.core.secret;

import dev.postern.api.config.Doc;
import dev.postern.api.hop.PluginContext;
import dev.postern.api.secret.Secret;
import dev.postern.api.secret.SecretException;
import dev.postern.api.secret.SecretProvider;
import dev.postern.api.secret.SecretValue;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Set;

/** The source {@code file}: a file that nobody else may read. */
public final class FileSecretProvider implements SecretProvider<FileSecretProvider.Config> {
  /** The settings of {@code file}. */
  public record Config(
      @Doc("The file; a newline at its end is not part of the secret.") Path file) {}

  @Override
  public String type() {
    return "file";
  }

  @Override
  public Class<Config> configType() {
    return Config.class;
  }

  @Override
  public Secret create(Config config, PluginContext context) {
    return () -> read(config.file());
  }

  private static SecretValue read(Path file) throws SecretException {
    try {
      if (!Files.isRegularFile(file)) {
        throw new SecretException("%s is not a file".formatted(file));
      }
      expectPrivate(file);
      try (InputStream input = Files.newInputStream(file)) {
        return SecretText.read(input, file.toString());
      }
    } catch (NoSuchFileException e) {
      throw new SecretException("the file %s does not exist".formatted(file), e);
    } catch (IOException e) {
      throw new SecretException(
          "the file %s cannot be read: %s".formatted(file, e.getMessage()), e);
    }
  }

  private static void expectPrivate(Path file) throws IOException, SecretException {
    Set<PosixFilePermission> permissions;
    try {
      permissions = Files.getPosixFilePermissions(file);
    } catch (UnsupportedOperationException e) {
      return; // no such permissions on this file system
    }
    if (permissions.contains(PosixFilePermission.GROUP_READ)
        || permissions.contains(PosixFilePermission.OTHERS_READ)) {
      throw new SecretException(
          "others may read %s; take the right away: chmod go-r %s".formatted(file, file));
    }
  }
}
