package dev.postern.core.supervision;

import dev.postern.circuit.Forward;
import dev.postern.circuit.ForwardCounts;
import dev.postern.circuit.ForwardState;
import dev.postern.core.forward.LosableForward;
import dev.postern.route.ForwardAddress;
import dev.postern.route.ForwardSpec;
import java.time.Duration;

/** A forward whose listener is on this machine. It stays as it is; only its exit changes. */
final class LocalForward implements KeptForward {
  private final Forward listener;
  private final KeptForwards all;

  LocalForward(Forward listener, KeptForwards all) {
    this.listener = listener;
    this.all = all;
  }

  @Override
  public ForwardSpec spec() {
    return listener.spec();
  }

  @Override
  public ForwardAddress address() {
    return listener.address();
  }

  @Override
  public ForwardState state() {
    ForwardState above = all.state();
    return above == ForwardState.FAILED || listener.state() != ForwardState.CLOSED
        ? above
        : ForwardState.CLOSED;
  }

  @Override
  public ForwardCounts counts() {
    return listener.counts();
  }

  @Override
  public void up(Line line, Duration patience) {
    // Its exit knows.
  }

  @Override
  public void lost() {
    if (listener instanceof LosableForward losable) {
      losable.lost();
    }
  }

  @Override
  public void end() {
    listener.close();
  }

  @Override
  public void close() {
    all.forget(this);
    end();
  }
}
