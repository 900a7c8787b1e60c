package dev.postern.api;

import org.apiguardian.api.API;

/**
 * A level of this API. A plugin is made for one level and works with every later minor level of the
 * same major one.
 *
 * @param major rises when something that plugins use changes or goes
 * @param minor rises when something is added
 */
@API(status = API.Status.STABLE, since = "1.0")
public record ApiLevel(int major, int minor) {
  private static final ApiLevel CURRENT = new ApiLevel(1, 0);

  /**
   * Checks the values.
   *
   * @throws IllegalArgumentException if one is negative
   */
  public ApiLevel {
    if (major < 0 || minor < 0) {
      throw new IllegalArgumentException("a level has no negative parts");
    }
  }

  /** The level of the API that is running. */
  public static ApiLevel current() {
    return CURRENT;
  }

  /**
   * The level that is written so: {@code 1.0}.
   *
   * @throws IllegalArgumentException if it is not two numbers with a dot between
   */
  public static ApiLevel parse(String text) {
    if (!text.matches("\\d{1,6}\\.\\d{1,6}")) {
      throw new IllegalArgumentException("'" + text + "' is not a level such as 1.0");
    }
    String[] parts = text.split("\\.", -1);
    return new ApiLevel(Integer.parseInt(parts[0]), Integer.parseInt(parts[1]));
  }

  /** Whether what was made for the other level works with this one. */
  public boolean accepts(ApiLevel wanted) {
    return major == wanted.major && minor >= wanted.minor;
  }

  /** {@code 1.0}. */
  @Override
  public String toString() {
    return major + "." + minor;
  }
}
