package dev.postern.core.socket;

import dev.postern.api.hop.Endpoint;
import dev.postern.circuit.TcpStream;
import java.util.concurrent.CompletableFuture;

/** Where the connections of sockets go out. */
@FunctionalInterface
public interface StreamConnector {
  /**
   * Begins to connect.
   *
   * @return fails with a {@link dev.postern.circuit.CircuitException} or a {@link
   *     dev.postern.problem.ConfigException}; cancelling it leaves nothing behind
   */
  CompletableFuture<TcpStream> connect(Endpoint endpoint);
}
