package dev.postern.event;

import dev.postern.api.hop.HopInfo;
import dev.postern.circuit.CircuitException;
import java.time.Duration;
import java.util.Optional;
import org.apiguardian.api.API;

/**
 * Something that happened to a circuit. No event carries a secret. A hop that circuits share is
 * told of once, under the route that opened it.
 */
@API(status = API.Status.EXPERIMENTAL, since = "1.0")
public sealed interface CircuitEvent {
  /** The name of the route. */
  String route();

  /**
   * A hop has let us in, or has not.
   *
   * @param hop which
   * @param took from the beginning of its transport on
   * @param failure why not; empty if it is open
   */
  record HopOpened(String route, HopInfo hop, Duration took, Optional<Reason> failure)
      implements CircuitEvent {}

  /**
   * A hop that was open is closed.
   *
   * @param hop which
   * @param lost why it died; empty if we closed it
   */
  record HopClosed(String route, HopInfo hop, Optional<Reason> lost) implements CircuitEvent {}

  /**
   * A server has answered one request to sign in.
   *
   * @param hop which
   * @param method as on the wire: {@code publickey}, {@code password}, {@code
   *     keyboard-interactive}, {@code none}
   * @param outcome what it said
   * @param took from the request on, a person's time included
   */
  record AuthAttempt(String route, HopInfo hop, String method, AuthOutcome outcome, Duration took)
      implements CircuitEvent {}

  /**
   * A circuit is open, with its forwards.
   *
   * @param hops how many
   * @param took from the beginning on
   */
  record CircuitOpened(String route, int hops, Duration took) implements CircuitEvent {}

  /**
   * A circuit could not be opened, or was given up.
   *
   * @param failure why
   * @param took from the beginning on
   */
  record CircuitFailed(String route, CircuitException failure, Duration took)
      implements CircuitEvent {}

  /**
   * A circuit that was open is closed.
   *
   * @param lost what it was lost by; empty if we closed it
   * @param lived how long it was open
   */
  record CircuitClosed(String route, Optional<CircuitException> lost, Duration lived)
      implements CircuitEvent {}

  /**
   * A forward listens.
   *
   * @param forward as a person writes it: {@code 127.0.0.1:15432 -> localhost:5432}
   */
  record ForwardOpened(String route, String forward) implements CircuitEvent {}

  /**
   * A forward listens no more.
   *
   * @param forward as when it was opened
   */
  record ForwardClosed(String route, String forward) implements CircuitEvent {}

  /**
   * The far end of a circuit that was opened again does not listen any more for a forward. It is
   * asked again until it does, which {@link ForwardOpened} tells.
   *
   * @param forward as when it was opened
   * @param failure why not
   */
  record ForwardRefused(String route, String forward, CircuitException failure)
      implements CircuitEvent {}

  /**
   * A connection to a forward has ended, or could not be made.
   *
   * @param forward as when it was opened
   * @param sent bytes from the client to the target
   * @param received bytes from the target to the client
   * @param took from its arrival on
   * @param failure why the target was not reached; empty if it was
   */
  record ForwardConnection(
      String route,
      String forward,
      long sent,
      long received,
      Duration took,
      Optional<Reason> failure)
      implements CircuitEvent {}

  /**
   * An attempt to open a lost circuit again has ended.
   *
   * @param attempt the first since it was lost is 1
   * @param took how long this attempt took
   * @param failure why it failed; empty if the circuit is open again
   */
  record Reconnected(String route, int attempt, Duration took, Optional<CircuitException> failure)
      implements CircuitEvent {}
}
