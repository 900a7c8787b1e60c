package dev.postern.problem;

import static java.util.Objects.requireNonNull;

import org.apiguardian.api.API;

/**
 * One thing that is wrong with the configuration.
 *
 * @param code the stable code
 * @param origin where it stands: {@code postern.conf:6}, {@code command line}; empty if nowhere
 * @param path the key: {@code routes.orders-db.hops[0].auth[0].identites}; empty if none
 * @param message what is wrong, what was expected, and the nearest known key if there is one; never
 *     a secret
 */
@API(status = API.Status.MAINTAINED, since = "1.0")
public record ConfigProblem(Code code, String origin, String path, String message) {
  /** Checks the values. */
  public ConfigProblem {
    requireNonNull(code, "code is null");
    requireNonNull(origin, "origin is null");
    requireNonNull(path, "path is null");
    requireNonNull(message, "message is null");
  }

  /** {@code postern.conf:6: routes.x.hops[0].auth[0].identites: unknown setting … [PST-C002]}. */
  @Override
  public String toString() {
    String place = origin.isEmpty() ? "" : origin + ": ";
    String key = path.isEmpty() ? "" : path + ": ";
    return place + key + message + " [" + code + "]";
  }
}
