package dev.postern.circuit;

import dev.postern.api.hop.Endpoint;
import dev.postern.route.ForwardSpec;
import dev.postern.sftp.Sftp;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import javax.net.SocketFactory;
import org.apiguardian.api.API;

/**
 * A live route: every hop signed in, open for channels. Safe for use by several threads. No
 * argument may be null, and nothing that is returned is.
 *
 * <p>Each blocking call has a twin that returns at once. Cancelling the twin's future, like
 * interrupting the blocking call, gives the channel up: a command that was not started yet is not
 * started, and nothing is left open. Stages fail with a {@link CircuitException}, and complete on
 * threads of the library, which must not be blocked.
 *
 * <p>Every call fails with {@code PST-T009} where the link is lost, and with {@code PST-T012} on a
 * circuit that is closed.
 */
@API(status = API.Status.MAINTAINED, since = "1.0")
public interface Circuit extends AutoCloseable {
  /** The name of its route. */
  String route();

  /**
   * Runs a command at the last hop (RFC 4254 section 6.5). Returns when it has started.
   *
   * @param command one line, which the server hands to the user's shell as it is
   * @throws CircuitException with {@code PST-T014} if the server refuses it
   * @throws InterruptedException if the calling thread is interrupted; the command is given up
   */
  RemoteProcess exec(String command) throws CircuitException, InterruptedException;

  /** Runs a command at the last hop. */
  CompletionStage<RemoteProcess> execAsync(String command);

  /**
   * Runs a command at the last hop, with a terminal: for what asks, draws, or wants to be
   * interrupted by a key. Its error output comes with its output, and lines end with CR LF, as the
   * terminal's modes say.
   *
   * @throws CircuitException with {@code PST-T014} if the server refuses command or terminal
   */
  RemoteProcess exec(String command, TerminalRequest terminal)
      throws CircuitException, InterruptedException;

  /** Runs a command at the last hop, with a terminal. */
  CompletionStage<RemoteProcess> execAsync(String command, TerminalRequest terminal);

  /**
   * Starts the login shell at the last hop, with a terminal (RFC 4254 sections 6.2 and 6.5).
   *
   * @throws CircuitException with {@code PST-T015} if the server refuses shell or terminal
   */
  RemoteProcess shell(TerminalRequest terminal) throws CircuitException, InterruptedException;

  /** Starts the login shell at the last hop, with a terminal. */
  CompletionStage<RemoteProcess> shellAsync(TerminalRequest terminal);

  /**
   * Begins SFTP at the last hop: files there, and copies to and from it. Each call opens a channel
   * of its own.
   *
   * @throws CircuitException with {@code PST-X001} if the server has no SFTP, {@code PST-X005} if
   *     what it answers is none, {@code PST-X014} if it ends at once
   */
  Sftp sftp() throws CircuitException, InterruptedException;

  /** Begins SFTP at the last hop. */
  CompletionStage<Sftp> sftpAsync();

  /**
   * Connects from the last hop, which also resolves the name: a {@code direct-tcpip} channel (RFC
   * 4254 section 7.2), without a local socket. Returns when the far end has accepted.
   *
   * @throws CircuitException with {@code PST-T007} if the hop forbids forwarding, {@code PST-T008}
   *     if it cannot reach the endpoint
   */
  TcpStream openTcp(Endpoint endpoint) throws CircuitException, InterruptedException;

  /** Connects from the last hop, which also resolves the name. */
  CompletionStage<TcpStream> openTcpAsync(Endpoint endpoint);

  /**
   * Makes sockets whose connections go out at the last hop, as {@link #openTcp} does, for drivers
   * and clients that take a socket factory. Nothing listens on this machine, and names are resolved
   * by the hop: an {@link java.net.InetSocketAddress} counts by its host string, resolved or not.
   *
   * <p>The sockets keep what {@link java.net.Socket} promises: time-outs of connecting and reading,
   * half-close, closing from another thread. Interrupting a thread that waits closes its socket, as
   * on virtual threads. They cannot be bound, and have no urgent data; other options are taken and
   * do nothing. {@code getInetAddress()} of a name is {@code name/0.0.0.0}, as only the hop knows
   * the address.
   *
   * <p>What fails is a {@link java.net.SocketException} with the {@link CircuitException} as its
   * cause and its sentence as its message; {@link java.net.ConnectException} if the hop cannot
   * reach the endpoint. The sockets are closed with the circuit.
   */
  SocketFactory socketFactory();

  /**
   * Connects from the last hop to a Unix socket there: a {@code direct-streamlocal@openssh.com}
   * channel (OpenSSH's PROTOCOL, section 2.4). Returns when the far end has accepted.
   *
   * @param path absolute
   * @throws CircuitException with {@code PST-T007} if the hop forbids forwarding, {@code PST-T008}
   *     if nobody listens there
   */
  TcpStream openUnix(String path) throws CircuitException, InterruptedException;

  /** Connects from the last hop to a Unix socket there. */
  CompletionStage<TcpStream> openUnixAsync(String path);

  /**
   * Listens on one side and sends connections out on the other. A connection whose target cannot be
   * reached is closed, and the {@link #trail} says why.
   *
   * @throws CircuitException with {@code PST-F001} if this machine cannot listen there, {@code
   *     PST-F004} if the last hop does not listen for us
   */
  Forward forward(ForwardSpec spec) throws CircuitException, InterruptedException;

  /** Listens on one side and sends connections out on the other. */
  CompletionStage<Forward> forwardAsync(ForwardSpec spec);

  /** The forwards that are open, in the order of opening: those of the route first. */
  List<Forward> forwards();

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
   * another circuit still uses. Returns when done: connections to hops that have not said goodbye
   * after 1.5 seconds are cut.
   */
  @Override
  void close();

  /** Begins to close, and completes when done. */
  CompletionStage<Void> closeAsync();
}
