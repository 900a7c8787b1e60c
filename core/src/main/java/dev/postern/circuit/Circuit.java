package dev.postern.circuit;

import dev.postern.api.hop.Endpoint;
import dev.postern.route.ForwardSpec;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.apiguardian.api.API;

/**
 * A live route: every hop signed in, open for channels. Safe for use by several threads. Each
 * blocking call has a twin that returns at once; cancelling the twin's future gives the channel up.
 * Stages fail with a {@link CircuitException}.
 */
@API(status = API.Status.MAINTAINED, since = "1.0")
public interface Circuit extends AutoCloseable {
  /** The name of its route. */
  String route();

  /**
   * Runs a command at the last hop.
   *
   * @throws CircuitException with {@code PST-T014} if the server refuses it, {@code PST-T009} if
   *     the link is lost
   */
  RemoteProcess exec(String command) throws CircuitException, InterruptedException;

  /** Runs a command at the last hop. */
  CompletionStage<RemoteProcess> execAsync(String command);

  /**
   * Runs a command at the last hop, with a terminal: for what asks, draws, or wants to be
   * interrupted by a key. Its error output comes with its output, and lines end with CR LF, as the
   * terminal's modes say.
   *
   * @throws CircuitException with {@code PST-T014} if the server refuses command or terminal,
   *     {@code PST-T009} if the link is lost
   */
  RemoteProcess exec(String command, TerminalRequest terminal)
      throws CircuitException, InterruptedException;

  /** Runs a command at the last hop, with a terminal. */
  CompletionStage<RemoteProcess> execAsync(String command, TerminalRequest terminal);

  /**
   * Starts the login shell at the last hop, with a terminal.
   *
   * @throws CircuitException with {@code PST-T015} if the server refuses shell or terminal
   */
  RemoteProcess shell(TerminalRequest terminal) throws CircuitException, InterruptedException;

  /** Starts the login shell at the last hop, with a terminal. */
  CompletionStage<RemoteProcess> shellAsync(TerminalRequest terminal);

  /**
   * Connects from the last hop, which also resolves the name.
   *
   * @throws CircuitException with {@code PST-T007} if the hop forbids forwarding, {@code PST-T008}
   *     if it cannot reach the endpoint
   */
  TcpStream openTcp(Endpoint endpoint) throws CircuitException, InterruptedException;

  /** Connects from the last hop, which also resolves the name. */
  CompletionStage<TcpStream> openTcpAsync(Endpoint endpoint);

  /**
   * Listens on this machine and sends connections out at the last hop.
   *
   * @throws CircuitException with {@code PST-F001} if the address cannot be bound
   */
  Forward forward(ForwardSpec spec) throws CircuitException, InterruptedException;

  /** Listens on this machine and sends connections out at the last hop. */
  CompletionStage<Forward> forwardAsync(ForwardSpec spec);

  /** The forwards that are open, those of the route included. */
  java.util.List<Forward> forwards();

  /** What happened so far. */
  Trail trail();

  /** Whether all hops are open. */
  boolean isOpen();

  /**
   * Completes when the circuit is closed: with nothing if we closed it, with the failure if a hop
   * died.
   */
  CompletionStage<Optional<CircuitException>> closed();

  /**
   * Closes channels and forwards, then the hops from the last to the first, those excepted that
   * another circuit still uses. Returns when done.
   */
  @Override
  void close();

  /** Begins to close, and completes when done. */
  CompletionStage<Void> closeAsync();
}
