package dev.postern.core.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import dev.postern.problem.Code;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Checks the values of a hop, a route or the defaults that have the right type and yet cannot be
 * meant. Each is checked where it is written.
 */
final class Limits {
  private static final String UNFIT = "^-|[\\s\\p{Cntrl}'\"`$;&<>|(){}\\[\\],*?!#";

  /** What has no place in a name that goes to a server, a log and a known_hosts file. */
  private static final Pattern UNFIT_FOR_HOST = Pattern.compile(UNFIT + "\\\\@/=]");

  /** A backslash may stand between a domain and its user. */
  private static final Pattern UNFIT_FOR_USER = Pattern.compile(UNFIT + "]|\\\\$");

  private static final Pattern UNFIT_FOR_ALIAS = Pattern.compile(UNFIT + "\\\\]");
  private static final Pattern IP_VERSION_6 =
      Pattern.compile("[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*(%.+)?");
  private static final String VALUE = "value";

  private final ConfigObject object;
  private final String path;
  private final Findings findings;

  private Limits(ConfigObject object, String path, Findings findings) {
    this.object = object;
    this.path = path;
    this.findings = findings;
  }

  static void check(ConfigObject object, String path, Findings findings) {
    Limits limits = new Limits(object, path, findings);
    limits.expect("host", Limits::isHost, "%s cannot be a host's name or address");
    limits.expect("port", Limits::isPort, "%s is not a port from 1 to 65535");
    limits.expect("user", value -> isFit(value, UNFIT_FOR_USER), "%s cannot be a user's name");
    limits.expect(
        "host-key-alias",
        value -> value.getString(VALUE).isEmpty() || isFit(value, UNFIT_FOR_ALIAS),
        "%s cannot be a host's name");
    limits.expect("connect-timeout", Limits::isPositive, "%s is not longer than nothing");
    limits.expect("auth-timeout", Limits::isPositive, "%s is not longer than nothing");
    limits.expect("max-auth-attempts", Limits::isAtLeastOne, "%s is not at least 1");
    if (object.get("keepalive") instanceof ConfigObject keepalive) {
      Limits nested = new Limits(keepalive, Paths.child(path, "keepalive"), findings);
      nested.expect(
          "interval",
          value -> !duration(value).isNegative(),
          "%s is negative; 0 turns the question off");
      nested.expect("count", Limits::isAtLeastOne, "%s is not at least 1");
    }
  }

  /**
   * Checks what a session is to offer. Done where it is inherited too, since the policy of a hop
   * cannot be made from what is wrong.
   */
  static void checkProposal(ConfigObject object, String path, Findings findings) {
    Limits limits = new Limits(object, path, findings);
    for (AlgorithmList list : AlgorithmList.values()) {
      limits.expectRead(list.key(), list::chosen);
    }
    limits.expectRead("window", ByteSize::of);
  }

  private void expectRead(String key, Consumer<String> reader) {
    ConfigValue value = object.get(key);
    if (value == null
        || value.valueType() == ConfigValueType.OBJECT
        || value.valueType() == ConfigValueType.LIST
        || value.valueType() == ConfigValueType.NULL) {
      return;
    }
    try {
      reader.accept(ValueBinder.text(value));
    } catch (IllegalArgumentException e) {
      findings.problem(
          Code.CONFIG_WRONG_VALUE,
          value.origin(),
          Paths.child(path, key),
          String.valueOf(e.getMessage()));
    }
  }

  private void expect(String key, Predicate<Config> holds, String message) {
    ConfigValue value = object.get(key);
    if (value == null || isUnreadableOr(value, holds)) {
      return;
    }
    findings.problem(
        Code.CONFIG_WRONG_VALUE,
        value.origin(),
        Paths.child(path, key),
        message.formatted(Expectation.found(String.class, value, false)));
  }

  /** A value of the wrong type is the binder's to report. */
  private static boolean isUnreadableOr(ConfigValue value, Predicate<Config> holds) {
    try {
      return holds.test(value.atKey(VALUE));
    } catch (ConfigException | NumberFormatException e) {
      return true;
    }
  }

  private static boolean isHost(Config value) {
    String text = value.getString(VALUE);
    return isFit(value, UNFIT_FOR_HOST)
        && (text.indexOf(':') < 0 || IP_VERSION_6.matcher(text).matches());
  }

  private static boolean isFit(Config value, Pattern unfit) {
    String text = value.getString(VALUE);
    return !text.isEmpty() && !unfit.matcher(text).find();
  }

  private static boolean isPort(Config value) {
    int port = Integer.parseInt(value.getString(VALUE));
    return port >= 1 && port <= 65_535;
  }

  private static boolean isAtLeastOne(Config value) {
    return value.getLong(VALUE) >= 1;
  }

  private static boolean isPositive(Config value) {
    return duration(value).compareTo(Duration.ZERO) > 0;
  }

  private static Duration duration(Config value) {
    return Durations.of(value.getValue(VALUE));
  }
}
