package dev.postern.core.supervision;

import static java.util.Objects.requireNonNull;

import dev.postern.circuit.CircuitException;
import dev.postern.circuit.Forward;
import dev.postern.circuit.ForwardCounts;
import dev.postern.circuit.ForwardState;
import dev.postern.problem.Code;
import dev.postern.route.ForwardAddress;
import dev.postern.route.ForwardSpec;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * A forward whose listener is at the far end. Each circuit is asked for it anew, with the port that
 * the first one chose. A server that has not noticed yet that the old session is dead refuses, and
 * is asked again.
 */
final class FarForward implements KeptForward {
  private final ForwardSpec asked;
  private final ForwardSpec again;
  private final ForwardAddress address;
  private final Timer timer;
  private final KeptForwards all;
  private @Nullable Line line;
  private @Nullable Forward current;
  private Timer.@Nullable Cancellable retry;
  private ForwardCounts before = new ForwardCounts(0, 0, 0, 0, 0, Optional.empty());
  private boolean refused;
  private boolean closed;

  FarForward(Line line, Forward first, Timer timer, KeptForwards all) {
    this.asked = first.spec();
    this.address = first.address();
    this.again = new ForwardSpec(asked.type(), address, asked.target(), asked.unlink());
    this.line = line;
    this.current = first;
    this.timer = timer;
    this.all = all;
  }

  @Override
  public ForwardSpec spec() {
    return asked;
  }

  @Override
  public ForwardAddress address() {
    return address;
  }

  @Override
  public synchronized ForwardState state() {
    ForwardState above = all.state();
    if (above != ForwardState.UP) {
      return above;
    }
    if (closed) {
      return ForwardState.CLOSED;
    }
    return current == null ? ForwardState.RECONNECTING : ForwardState.UP;
  }

  @Override
  public synchronized ForwardCounts counts() {
    return current == null ? before : sum(before, current.counts());
  }

  private static ForwardCounts sum(ForwardCounts one, ForwardCounts other) {
    return new ForwardCounts(
        other.open(),
        one.accepted() + other.accepted(),
        one.refused() + other.refused(),
        one.sent() + other.sent(),
        one.received() + other.received(),
        other.lastError().or(one::lastError));
  }

  @Override
  public void up(Line next, Duration patience) {
    synchronized (this) {
      if (closed) {
        return;
      }
      line = next;
    }
    ask(next, patience);
  }

  private void ask(Line on, Duration patience) {
    on.forward(again).whenComplete((forward, failure) -> asked(on, patience, forward, failure));
  }

  private void asked(
      Line on, Duration patience, @Nullable Forward forward, @Nullable Throwable failure) {
    if (forward == null) {
      denied(on, patience, requireNonNull(failure));
      return;
    }
    boolean atLast;
    synchronized (this) {
      if (line != on || closed) {
        forward.close();
        return;
      }
      current = forward;
      atLast = refused;
      refused = false;
    }
    if (atLast) {
      all.farEnd(on, again, Optional.empty());
    }
  }

  /** It is asked again, and the first refusal on each circuit is told. */
  private void denied(Line on, Duration patience, Throwable failure) {
    boolean first;
    synchronized (this) {
      if (line != on || closed || !isDenied(failure)) {
        return;
      }
      before = noted(before, failure);
      first = !refused;
      refused = true;
      retry = timer.after(patience, () -> askIfWanted(on, patience));
    }
    if (first) {
      all.farEnd(on, again, Optional.of(failure));
    }
  }

  private void askIfWanted(Line on, Duration patience) {
    synchronized (this) {
      if (line != on || closed) {
        return;
      }
    }
    ask(on, patience);
  }

  private static boolean isDenied(Throwable failure) {
    return unwrapped(failure) instanceof CircuitException known
        && known.code() == Code.FORWARD_DENIED;
  }

  private static Throwable unwrapped(Throwable failure) {
    return failure instanceof CompletionException && failure.getCause() != null
        ? failure.getCause()
        : failure;
  }

  private static ForwardCounts noted(ForwardCounts counts, Throwable failure) {
    return new ForwardCounts(
        counts.open(),
        counts.accepted(),
        counts.refused(),
        counts.sent(),
        counts.received(),
        Optional.of(String.valueOf(unwrapped(failure).getMessage())));
  }

  /** The circuit resets its connections. */
  @Override
  public synchronized void lost() {
    line = null;
    refused = false;
    if (current != null) {
      ForwardCounts sum = sum(before, current.counts());
      before =
          new ForwardCounts(
              0, sum.accepted(), sum.refused(), sum.sent(), sum.received(), sum.lastError());
    }
    current = null;
    if (retry != null) {
      retry.cancel();
    }
  }

  @Override
  public void end() {
    Forward open;
    synchronized (this) {
      open = current;
      lost();
      closed = true;
    }
    if (open != null) {
      open.close();
    }
  }

  @Override
  public void close() {
    all.forget(this);
    end();
  }
}
