package dev.postern.core.config;

import com.typesafe.config.ConfigValue;
import dev.postern.api.config.Default;
import dev.postern.api.config.Doc;
import dev.postern.api.hop.Endpoint;
import dev.postern.core.hop.HopPolicy;
import dev.postern.core.hop.Keepalive;
import dev.postern.core.hop.StrictHostKeys;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** A hop as it is written, with the policy of its route and of the defaults beneath it. */
record HopSettings(
    @Doc("The host's name or address; resolved by the hop before.") String host,
    @Default("22") @Doc("The TCP port.") int port,
    @Doc("The user to sign in as; the user of this machine unless set.") Optional<String> user,
    @Doc("How the hop is reached: a type, or an object with one.") Optional<ConfigValue> transport,
    @Doc("The plan: strategies in order.") List<ConfigValue> auth,
    List<Path> knownHosts,
    StrictHostKeys strictHostKeys,
    Optional<String> hostKeyAlias,
    Duration connectTimeout,
    Duration authTimeout,
    KeepaliveSettings keepalive,
    int maxAuthAttempts,
    boolean allowTrivialAuth) {

  /** The keys that a route and the defaults may have too. */
  static final List<String> POLICY_KEYS =
      List.of(
          "user",
          "known-hosts",
          "strict-host-keys",
          "host-key-alias",
          "connect-timeout",
          "auth-timeout",
          "keepalive",
          "max-auth-attempts",
          "allow-trivial-auth");

  /** What has no place in a name that goes to a server, a log and a known_hosts file. */
  private static final Pattern UNFIT = Pattern.compile("^-|[\\s\\p{Cntrl}'\"`$\\\\;&<>|(){},*?!#]");

  HopSettings {
    if (host.isEmpty() || UNFIT.matcher(host).find()) {
      throw new IllegalArgumentException(
          "host: \"%s\" cannot be a host's name or address".formatted(host));
    }
    if (user.isPresent() && (user.get().isEmpty() || UNFIT.matcher(user.get()).find())) {
      throw new IllegalArgumentException(
          "user: \"%s\" cannot be a user's name".formatted(user.get()));
    }
    if (port < 1 || port > 65_535) {
      throw new IllegalArgumentException("port: %d is not from 1 to 65535".formatted(port));
    }
    expectPositive("connect-timeout", connectTimeout);
    expectPositive("auth-timeout", authTimeout);
    if (maxAuthAttempts < 1) {
      throw new IllegalArgumentException(
          "max-auth-attempts: %d is not at least 1".formatted(maxAuthAttempts));
    }
  }

  private static void expectPositive(String key, Duration duration) {
    if (duration.isZero() || duration.isNegative()) {
      throw new IllegalArgumentException(key + ": must be longer than nothing");
    }
  }

  Endpoint endpoint() {
    return new Endpoint(host, port);
  }

  HopPolicy policy() {
    return new HopPolicy(
        knownHosts,
        strictHostKeys,
        hostKeyAlias.filter(alias -> !alias.isEmpty() && !alias.equals("none")),
        connectTimeout,
        authTimeout,
        new Keepalive(keepalive.interval(), keepalive.count()),
        maxAuthAttempts,
        allowTrivialAuth);
  }

  /** See {@link Keepalive}. */
  record KeepaliveSettings(Duration interval, int count) {
    KeepaliveSettings {
      if (interval.isNegative() || count < 1) {
        throw new IllegalArgumentException(
            "keepalive: interval must not be negative, count must be at least 1");
      }
    }
  }
}
