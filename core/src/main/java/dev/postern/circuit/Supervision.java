package dev.postern.circuit;

import dev.postern.route.ForwardSpec;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.apiguardian.api.API;

/**
 * Keeps a route open: a circuit that is lost is opened anew, and the forwards stay where they
 * listen. Host keys are verified and the auth plan is asked each time. Safe for use by several
 * threads; nothing that is returned is null.
 *
 * <p>While there is no circuit, connections to a forward of this machine wait for the next one, up
 * to the last hop's {@code connect-timeout}; then they are reset. Connections that were open when
 * the circuit was lost are reset too: no client takes half of an answer for all of it.
 *
 * <p>It ends as {@link ForwardState#FAILED} when trying again cannot help: what a server refused
 * ({@code PST-A…}), a host key that is unknown or changed ({@code PST-H…}), what is configured
 * wrong ({@code PST-C…}, {@code PST-P…}), a secret that a person did not give or that others may
 * read ({@code PST-S…}), a circuit that was lost within the gate time of its first opening ({@code
 * PST-F021}), and as many failures in a row as {@code reconnect.attempts} allows ({@code
 * PST-F022}). A secret source that fails at the first opening ends it; later it is tried again, and
 * so is a sign-in that took too long ({@code PST-A008}).
 */
@API(status = API.Status.EXPERIMENTAL, since = "1.0")
public interface Supervision extends AutoCloseable {
  /** The name of its route. */
  String route();

  /** What it is at. */
  ForwardState state();

  /**
   * The forwards that are open. They outlive circuits: a forward of this machine keeps its
   * listener, and one of the far end asks for the port that it had.
   */
  List<Forward> forwards();

  /**
   * Adds a forward, as {@link Circuit#forward} does.
   *
   * @throws CircuitException with {@code PST-F001} if this machine cannot listen there, {@code
   *     PST-F004} if the last hop does not listen for us, {@code PST-T012} if there is no circuit
   *     to ask
   * @throws InterruptedException if the calling thread is interrupted; the forward is given up
   */
  Forward forward(ForwardSpec spec) throws CircuitException, InterruptedException;

  /** Why the circuit was lost last, could not be opened, or has not got back a forward. */
  Optional<CircuitException> lastFailure();

  /** The trail of the circuit of the moment; without one, of the last attempt. */
  Trail trail();

  /**
   * Completes when the route is open for the first time, with its forwards; fails with the {@link
   * CircuitException} of the first opening. It completes on a thread of the library.
   */
  CompletionStage<Void> up();

  /**
   * Completes at the end: with nothing if it was closed, with the failure if it failed. It
   * completes on a thread of the library.
   */
  CompletionStage<Optional<CircuitException>> ended();

  /**
   * Closes forwards and circuit. Returns within 2 seconds, clients or not: connections to servers
   * that have not said goodbye after 1.5 seconds are cut, so that nothing is left on return. Only
   * an opening that was under way is given up without waiting: hops that were open in it end within
   * 2 more seconds.
   */
  @Override
  void close();
}
