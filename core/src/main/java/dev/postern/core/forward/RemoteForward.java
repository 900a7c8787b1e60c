package dev.postern.core.forward;

import dev.postern.circuit.ForwardCounts;
import dev.postern.circuit.ForwardState;
import dev.postern.route.ForwardAddress;
import dev.postern.route.ForwardSpec;

/**
 * A forward whose listener is at the far end. It lives as long as the session that asked for it.
 */
final class RemoteForward implements LosableForward {
  private final ForwardSpec spec;
  private final FarListener listener;
  private final Clients clients;
  private volatile boolean closed;

  RemoteForward(ForwardSpec spec, FarListener listener, Clients clients) {
    this.spec = spec;
    this.listener = listener;
    this.clients = clients;
  }

  @Override
  public ForwardSpec spec() {
    return spec;
  }

  @Override
  public ForwardAddress address() {
    return listener.address();
  }

  @Override
  public ForwardState state() {
    return closed ? ForwardState.CLOSED : ForwardState.UP;
  }

  @Override
  public ForwardCounts counts() {
    return clients.counts();
  }

  @Override
  public void lost() {
    clients.reset();
  }

  @Override
  public void close() {
    closed = true;
    listener.close();
    clients.close();
  }
}
