package dev.postern.event;

import java.util.Locale;
import org.apiguardian.api.API;

/** What a server said to one request to sign in (RFC 4252 section 5.1). */
@API(status = API.Status.EXPERIMENTAL, since = "1.0")
public enum AuthOutcome {
  /** We are in. */
  ACCEPTED,
  /** It was right, and the server wants more. */
  PARTIAL,
  /** It was not, or not enough. */
  REFUSED;

  /** As written in logs, metrics and recordings: {@code accepted}. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
