package dev.postern.api.hop;

import static java.util.Objects.requireNonNull;

import org.apiguardian.api.API;

/**
 * The facts of one hop.
 *
 * @param index the hop's place in its route, the first is 1
 * @param count the number of hops in the route
 * @param user the user to sign in as
 * @param endpoint host and port as configured
 */
@API(status = API.Status.STABLE, since = "1.0")
public record HopInfo(int index, int count, String user, Endpoint endpoint) {
  /** Checks the values. */
  public HopInfo {
    requireNonNull(user, "user is null");
    requireNonNull(endpoint, "endpoint is null");
  }

  /** {@code user@host}, as OpenSSH prints it before a question. */
  public String address() {
    return user + "@" + endpoint.host();
  }

  /** {@code hop 2/3 app@db.internal}, as every message names a hop. */
  @Override
  public String toString() {
    return "hop " + index + "/" + count + " " + address();
  }
}
