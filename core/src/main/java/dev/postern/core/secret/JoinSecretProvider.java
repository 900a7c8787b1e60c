package dev.postern.core.secret;

import dev.postern.api.config.Doc;
import dev.postern.api.config.MisconfiguredException;
import dev.postern.api.hop.PluginContext;
import dev.postern.api.secret.Secret;
import dev.postern.api.secret.SecretException;
import dev.postern.api.secret.SecretProvider;
import dev.postern.api.secret.SecretValue;
import java.util.Arrays;
import java.util.List;

/**
 * The secret source {@code join}: several secrets as one, for servers that want the password and
 * the code in one answer.
 */
public final class JoinSecretProvider implements SecretProvider<JoinSecretProvider.Config> {
  /**
   * The settings.
   *
   * @param join the secrets, put one after the other with nothing between
   */
  @Doc("Several secrets in one: a password with a code behind it.")
  public record Config(
      @Doc(
              value = "The secrets, put one after the other with nothing between.",
              example = "[{ env = DB_PW }, { totp = { secret = { env = SEED } } }]")
          List<Secret> join) {
    /** Checks the list. */
    public Config {
      join = List.copyOf(join);
      if (join.isEmpty()) {
        throw new MisconfiguredException("join is empty; give it the secrets to put together");
      }
    }
  }

  @Override
  public String type() {
    return "join";
  }

  @Override
  public Class<Config> configType() {
    return Config.class;
  }

  @Override
  public Secret create(Config config, PluginContext context) {
    return new Source(config.join());
  }

  private record Source(List<Secret> parts) implements Secret {
    @Override
    public SecretValue read() throws SecretException {
      char[] joined = new char[0];
      try {
        for (Secret part : parts) {
          joined = append(joined, part);
        }
        return SecretValue.of(joined);
      } finally {
        Arrays.fill(joined, '\0');
      }
    }

    /** Wipes what it was given. */
    private static char[] append(char[] before, Secret part) throws SecretException {
      try (SecretValue value = part.read()) {
        char[] characters = value.chars();
        char[] longer = Arrays.copyOf(before, before.length + characters.length);
        System.arraycopy(characters, 0, longer, before.length, characters.length);
        Arrays.fill(characters, '\0');
        Arrays.fill(before, '\0');
        return longer;
      }
    }

    @Override
    public boolean isAtHand() {
      return parts.stream().allMatch(Secret::isAtHand);
    }

    @Override
    public String toString() {
      return "*** (join of " + parts.size() + ")";
    }
  }
}
