package com.example.postern.connector.tunnel;

import com.example.postern.connector.config.ConnectorConfig.Target;
import dev.postern.Postern;
import dev.postern.circuit.Circuit;
import dev.postern.circuit.CircuitException;
import dev.postern.route.ForwardSpec;
import java.util.Optional;
import java.util.OptionalInt;
import javax.net.SocketFactory;

/**
 * The way to the API: a circuit that is opened anew when its link was lost, and sockets through it.
 * For one thread.
 */
public final class Tunnel implements AutoCloseable {
  /** Opens a circuit. */
  @FunctionalInterface
  interface Opening {
    Circuit open(Postern postern) throws CircuitException, InterruptedException;
  }

  private final Postern postern;
  private final Opening opening;
  private final Target target;
  private final OptionalInt localPort;
  private volatile Optional<Circuit> circuit = Optional.empty();
  private int openings;

  Tunnel(Postern postern, Opening opening, Target target, OptionalInt localPort) {
    this.postern = postern;
    this.opening = opening;
    this.target = target;
    this.localPort = localPort;
  }

  /**
   * Opens the circuit, unless it is open.
   *
   * @return whether it had to be opened
   */
  public boolean ensureOpen() throws CircuitException, InterruptedException {
    if (circuit.filter(Circuit::isOpen).isPresent()) {
      return false;
    }
    circuit.ifPresent(Circuit::close);
    circuit = Optional.empty();
    Circuit opened = opening.open(postern);
    circuit = Optional.of(opened);
    openings++;
    if (localPort.isPresent()) {
      opened.forward(ForwardSpec.of("127.0.0.1:" + localPort.getAsInt(), target.toString()));
    }
    return true;
  }

  /** How often the circuit was opened. */
  public int openings() {
    return openings;
  }

  /** Where HTTP requests go: {@code http://127.0.0.1:8000}. */
  public String origin() {
    return "http://" + (localPort.isPresent() ? "127.0.0.1:" + localPort.getAsInt() : target);
  }

  /** Makes the sockets of those requests. */
  public SocketFactory sockets() {
    return localPort.isPresent()
        ? SocketFactory.getDefault()
        : new CurrentSockets(() -> circuit.orElseThrow().socketFactory());
  }

  @Override
  public void close() {
    circuit.ifPresent(Circuit::close);
    circuit = Optional.empty();
    postern.close();
  }
}
