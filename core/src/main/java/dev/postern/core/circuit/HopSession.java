package dev.postern.core.circuit;

import dev.postern.api.hop.Endpoint;
import dev.postern.api.transport.Link;
import dev.postern.circuit.RemoteProcess;
import dev.postern.circuit.TcpStream;
import dev.postern.circuit.TerminalRequest;
import dev.postern.core.forward.Duplex;
import dev.postern.core.forward.Exit;
import dev.postern.core.forward.FarSide;
import dev.postern.core.hop.HopFailure;
import dev.postern.route.ForwardAddress;
import dev.postern.route.ForwardAddress.UnixSocket;
import dev.postern.sftp.Sftp;
import java.nio.channels.AsynchronousByteChannel;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * An authenticated SSH session. Futures fail with a {@link HopFailure}; cancelling one closes its
 * channel. What lives on the session dies with it.
 */
public interface HopSession extends Exit, FarSide {
  /** A link through this hop, opened when it is connected. */
  Link.ThroughHop link(Endpoint endpoint);

  CompletableFuture<RemoteProcess> exec(String command);

  CompletableFuture<RemoteProcess> exec(String command, TerminalRequest terminal);

  CompletableFuture<RemoteProcess> shell(TerminalRequest terminal);

  CompletableFuture<Sftp> sftp();

  CompletableFuture<TcpStream> openTcp(Endpoint endpoint);

  CompletableFuture<TcpStream> openUnix(UnixSocket socket);

  /** A byte channel through this hop, for a transport that speaks to a proxy. */
  CompletableFuture<AsynchronousByteChannel> openChannel(Endpoint endpoint);

  /** A channel to where a connection of a forward goes. */
  @Override
  CompletableFuture<Duplex> open(ForwardAddress target);

  boolean isOpen();

  /** Completes when the session is closed: empty if we closed it, else why it died. */
  CompletableFuture<Optional<HopFailure>> closed();

  /** Closes it, and completes when its connection is gone. */
  CompletableFuture<Void> close();

  /** Ends its connection without a goodbye. */
  void closeNow();
}
