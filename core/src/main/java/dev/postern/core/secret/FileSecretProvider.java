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
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;

/** The secret source {@code file}: a file that only its owner may read. */
public final class FileSecretProvider implements SecretProvider<FileSecretProvider.Config> {
  /**
   * The settings.
   *
   * @param file the file, whose last line break is no part of the secret
   */
  @Doc("What stands in a file.")
  public record Config(
      @Doc(
              value = "The file that holds the secret; only you may read it.",
              example = "\"~/.secrets/db\"")
          Path file) {}

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
    return new Source(config.file());
  }

  private record Source(Path file) implements Secret {
    private static final Set<PosixFilePermission> OTHERS =
        EnumSet.of(
            PosixFilePermission.GROUP_READ,
            PosixFilePermission.GROUP_WRITE,
            PosixFilePermission.OTHERS_READ,
            PosixFilePermission.OTHERS_WRITE);

    @Override
    public SecretValue read() throws SecretException {
      try {
        expectSafe();
        try (InputStream in = Files.newInputStream(file);
            SecretBytes bytes = SecretBytes.read(in)) {
          return bytes.secret("the secret file " + file);
        }
      } catch (UnsafeSecretFileException e) {
        throw new SecretException(String.valueOf(e.getMessage()), e);
      } catch (NoSuchFileException e) {
        throw new SecretException("the secret file %s does not exist".formatted(file), e);
      } catch (IOException e) {
        throw new SecretException("the secret file %s cannot be read".formatted(file), e);
      }
    }

    private void expectSafe() throws IOException {
      if (Files.exists(file) && !Files.isRegularFile(file)) {
        throw new UnsafeSecretFileException(
            "the secret file %s is not a regular file".formatted(file));
      }
      Set<PosixFilePermission> permissions = permissions();
      if (permissions.stream().anyMatch(OTHERS::contains)) {
        throw new UnsafeSecretFileException(
            "the secret file %s is open to others (%s); take their rights away: chmod 600 %s"
                .formatted(file, PosixFilePermissions.toString(permissions), file));
      }
    }

    private Set<PosixFilePermission> permissions() throws IOException {
      try {
        return Files.getPosixFilePermissions(file);
      } catch (UnsupportedOperationException e) {
        return Set.of(); // no such permissions on this file system
      }
    }

    @Override
    public boolean isAtHand() {
      return true;
    }

    @Override
    public String toString() {
      return "*** (file " + file + ")";
    }
  }
}
