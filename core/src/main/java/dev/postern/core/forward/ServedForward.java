package dev.postern.core.forward;

import dev.postern.circuit.ForwardCounts;
import dev.postern.circuit.ForwardState;
import dev.postern.route.ForwardAddress;
import dev.postern.route.ForwardSpec;

/** A forward whose connections are served here, whoever listens for it. */
abstract class ServedForward implements LosableForward {
  private final ForwardSpec spec;
  private final ForwardAddress address;
  private final Clients clients;
  private volatile boolean closed;

  ServedForward(ForwardSpec spec, ForwardAddress address, Clients clients) {
    this.spec = spec;
    this.address = address;
    this.clients = clients;
  }

  @Override
  public final ForwardSpec spec() {
    return spec;
  }

  @Override
  public final ForwardAddress address() {
    return address;
  }

  @Override
  public final ForwardState state() {
    return closed ? ForwardState.CLOSED : ForwardState.UP;
  }

  @Override
  public final ForwardCounts counts() {
    return clients.counts();
  }

  @Override
  public final void lost() {
    clients.reset();
  }

  @Override
  public void close() {
    closed = true;
    stopListening();
    clients.close();
  }

  /** Nobody else can connect from now on. */
  abstract void stopListening();

  final Clients clients() {
    return clients;
  }
}
