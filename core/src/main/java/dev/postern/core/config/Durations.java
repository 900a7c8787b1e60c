package dev.postern.core.config;

import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import java.time.Duration;
import java.util.regex.Pattern;

/** Reads durations, which need their unit: 15 is seconds to OpenSSH and milliseconds to HOCON. */
final class Durations {
  private static final Pattern NUMBER = Pattern.compile("\\s*[+-]?\\d+(\\.\\d*)?\\s*");
  private static final Pattern ZERO = Pattern.compile("\\s*0+\\s*");

  /** A century: nobody waits longer, and clocks in nanoseconds do not reach much further. */
  private static final Duration LONGEST = Duration.ofDays(36_525);

  private Durations() {}

  /**
   * The duration.
   *
   * @throws ConfigException if it is none, is too long or has no unit
   */
  static Duration of(ConfigValue value) {
    String text = ValueBinder.text(value);
    if (NUMBER.matcher(text).matches() && !ZERO.matcher(text).matches()) {
      throw new ConfigException.BadValue(value.origin(), "value", "it has no unit");
    }
    Duration duration = value.atKey("value").getDuration("value");
    if (duration.abs().compareTo(LONGEST) > 0) {
      throw new ConfigException.BadValue(value.origin(), "value", "it is too long");
    }
    return duration;
  }

  /** What to say of a number alone; empty for everything else. */
  static String hint(ConfigValue value) {
    boolean single =
        value.valueType() == ConfigValueType.NUMBER || value.valueType() == ConfigValueType.STRING;
    return single && NUMBER.matcher(ValueBinder.text(value)).matches()
        ? "; a number alone would be seconds to OpenSSH and milliseconds to HOCON, so write its unit"
        : "";
  }
}
