package dev.postern.circuit;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import org.apiguardian.api.API;

/**
 * What went through a forward so far.
 *
 * @param open connections that are open now, those included whose target has not answered yet
 * @param accepted connections that were ever taken
 * @param refused those among them that came to nothing: the target could not be reached, or what
 *     the client said was no SOCKS
 * @param sent bytes from those who connected to their targets
 * @param received bytes from the targets to those who connected
 * @param lastError why the last of the refused came to nothing, sanitised
 */
@API(status = API.Status.EXPERIMENTAL, since = "1.0")
public record ForwardCounts(
    int open, long accepted, long refused, long sent, long received, Optional<String> lastError) {
  /** Checks the values. */
  public ForwardCounts {
    requireNonNull(lastError, "lastError is null");
  }
}
