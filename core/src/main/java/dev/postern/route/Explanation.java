package dev.postern.route;

import java.util.List;
import org.apiguardian.api.API;

/**
 * A route as it will be used, with the origin of each value.
 *
 * @param route its name
 * @param settings in the order of the plan
 */
@API(status = API.Status.MAINTAINED, since = "1.0")
public record Explanation(String route, List<Setting> settings) {
  /** Copies the settings. */
  public Explanation {
    settings = List.copyOf(settings);
  }

  /**
   * One value.
   *
   * @param path the key: {@code hops[0].auth[1].digits}
   * @param value as it will be used, secrets as {@code ***}
   * @param origin where it comes from: {@code postern.conf:6}, {@code default}, {@code command
   *     line}
   */
  public record Setting(String path, String value, String origin) {}
}
