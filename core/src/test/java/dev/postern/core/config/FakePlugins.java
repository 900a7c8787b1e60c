package dev.postern.core.config;

import dev.postern.api.auth.AuthStrategy;
import dev.postern.api.auth.AuthStrategyProvider;
import dev.postern.api.auth.PromptPattern;
import dev.postern.api.config.Default;
import dev.postern.api.config.MisconfiguredException;
import dev.postern.api.hop.Endpoint;
import dev.postern.api.hop.HopContext;
import dev.postern.api.hop.PluginContext;
import dev.postern.api.secret.Secret;
import dev.postern.api.secret.SecretProvider;
import dev.postern.api.transport.Link;
import dev.postern.api.transport.Transport;
import dev.postern.api.transport.TransportProvider;
import dev.postern.core.plugin.PluginRegistry;
import dev.postern.core.secret.CommandSecretProvider;
import dev.postern.core.secret.EnvSecretProvider;
import dev.postern.core.secret.FileSecretProvider;
import dev.postern.core.transport.DirectTransportProvider;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Plugins whose records have every type that a record may have. */
final class FakePlugins {
  private FakePlugins() {}

  static PluginRegistry registry() {
    return PluginRegistry.of(
        List.of(
            new FakeStrategy<>("password", Password.class),
            new FakeStrategy<>("publickey", Publickey.class),
            new FakeStrategy<>("interactive", Interactive.class),
            new FakeStrategy<>("every", Every.class),
            new FakeStrategy<>("scripted", Scripted.class),
            new FakeStrategy<>("picky", Picky.class),
            new FakeStrategy<>("timed", Timed.class),
            new FakeStrategy<>("moody", Moody.class),
            new FakeStrategy<>("odd", Odd.class)),
        List.of(new DirectTransportProvider(), new Jump()),
        List.of(
            new EnvSecretProvider(),
            new FileSecretProvider(),
            new CommandSecretProvider(),
            new Totp()),
        List.of());
  }

  record Password(Secret password) {}

  record Publickey(
      @Default("[]") List<Path> identities, Optional<Secret> passphrase, Optional<String> agent) {}

  record Interactive(Optional<PromptPattern> ask) {}

  enum Shade {
    LIGHT,
    VERY_DARK
  }

  record Inner(String name, @Default("1") int times) {}

  record Every(
      String text,
      int number,
      long big,
      double ratio,
      boolean flag,
      Duration pause,
      Path file,
      Shade shade,
      List<Integer> numbers,
      Map<String, Duration> waits,
      Optional<String> extra,
      Inner inner,
      PromptPattern ask,
      Endpoint via,
      Secret secret) {}

  record Rule(PromptPattern ask, Secret answer) {}

  record Scripted(@Default("[]") List<Rule> rules, @Default("[]") List<List<Secret>> answers) {}

  record Picky(int low, int high) {
    Picky {
      if (low > high) {
        throw new IllegalArgumentException("low must not be above high");
      }
      if (low < 0) {
        throw new IllegalArgumentException("low: %d is negative".formatted(low));
      }
      if (low == 13) {
        throw new IllegalStateException("13");
      }
    }
  }

  record Timed(Duration pause) {}

  /** What is wrong with it shows when the strategy is made. */
  record Moody(String mood) {}

  record Odd(Thread thread) {}

  record FakeStrategy<C extends Record>(String type, Class<C> configType)
      implements AuthStrategyProvider<C> {
    @Override
    public AuthStrategy create(C config, HopContext hop) {
      if (config instanceof Moody moody && moody.mood().equals("bad")) {
        throw new MisconfiguredException("the mood is bad; expected a good one");
      }
      if (config instanceof Moody) {
        throw new IllegalStateException("a mood broke");
      }
      return java.util.Set::of;
    }
  }

  /** Has a setting, so that tests can get it wrong. */
  static final class Jump implements TransportProvider<Jump.Config> {
    record Config(@Default("false") boolean quick) {}

    @Override
    public String type() {
      return "jump";
    }

    @Override
    public Class<Config> configType() {
      return Config.class;
    }

    @Override
    public Transport create(Config config, HopContext hop) {
      return (endpoint, previous) -> Link.dial(endpoint);
    }
  }

  /** A source whose settings hold another secret. */
  static final class Totp implements SecretProvider<Totp.Config> {
    record Config(Secret seed, @Default("6") int digits) {}

    @Override
    public String type() {
      return "totp";
    }

    @Override
    public Class<Config> configType() {
      return Config.class;
    }

    @Override
    public Secret create(Config config, PluginContext context) {
      if (config.digits() > 10) {
        throw new MisconfiguredException("digits must be 6 to 10");
      }
      if (config.digits() < 0) {
        throw new IllegalStateException("no table for that");
      }
      return config.seed();
    }
  }
}
