package dev.postern.plugin;

import static java.util.Objects.requireNonNull;

import java.util.Locale;
import java.util.regex.Pattern;
import org.apiguardian.api.API;

/**
 * A type that a plugin adds.
 *
 * @param kind what it extends
 * @param name as written in the configuration, {@code [a-z][a-z0-9-]*}
 */
@API(status = API.Status.MAINTAINED, since = "1.0")
public record PluginType(Kind kind, String name) {
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]*");

  /** The extension points. */
  public enum Kind {
    /** A way to sign in. */
    AUTH,
    /** A way to reach a hop. */
    TRANSPORT,
    /** A source of secrets. */
    SECRET;

    /** The name in lower case: {@code auth}. */
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * Checks the values.
   *
   * @throws IllegalArgumentException if the name is not of that form
   */
  public PluginType {
    requireNonNull(kind, "kind is null");
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException("'" + name + "' is not of the form " + NAME);
    }
  }

  /**
   * The type that is written so: {@code auth:totp}.
   *
   * @throws IllegalArgumentException if it is no kind and name with a colon between
   */
  public static PluginType parse(String text) {
    int colon = text.indexOf(':');
    for (Kind kind : Kind.values()) {
      if (colon > 0 && text.substring(0, colon).equals(kind.toString())) {
        return new PluginType(kind, text.substring(colon + 1));
      }
    }
    throw new IllegalArgumentException("'" + text + "' is not of the form auth:my-type");
  }

  /** {@code auth:totp}. */
  @Override
  public String toString() {
    return kind + ":" + name;
  }
}
