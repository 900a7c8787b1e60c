package dev.postern.core.supervision;

import dev.postern.circuit.Forward;
import dev.postern.circuit.ForwardCounts;
import dev.postern.circuit.ForwardState;
import dev.postern.core.forward.LosableForward;
import dev.postern.route.ForwardAddress;
import dev.postern.route.ForwardSpec;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** A forward whose listener is on this machine. It stays as it is; only its exit changes. */
final class LocalForward implements KeptForward {
  private final Forward listener;
  private final Supplier<ForwardState> supervision;
  private final Consumer<KeptForward> forget;

  LocalForward(Forward listener, Supplier<ForwardState> supervision, Consumer<KeptForward> forget) {
    this.listener = listener;
    this.supervision = supervision;
    this.forget = forget;
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
    ForwardState above = supervision.get();
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
    forget.accept(this);
    end();
  }
}
