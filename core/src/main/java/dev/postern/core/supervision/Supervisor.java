package dev.postern.core.supervision;

import static java.util.Objects.requireNonNull;
import static java.util.concurrent.TimeUnit.MILLISECONDS;

import dev.postern.circuit.CircuitException;
import dev.postern.circuit.Forward;
import dev.postern.circuit.ForwardState;
import dev.postern.circuit.Phase;
import dev.postern.circuit.Supervision;
import dev.postern.circuit.SupervisionEvent;
import dev.postern.circuit.Trail;
import dev.postern.core.config.RoutePlan;
import dev.postern.core.forward.Exit;
import dev.postern.core.hop.HopFailure;
import dev.postern.problem.Code;
import dev.postern.route.ForwardSpec;
import dev.postern.route.ForwardType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/** Keeps one route open. Every change of state is made under its lock, and told outside of it. */
public final class Supervisor implements Supervision {
  private static final int CLOSING_MILLIS = 1_900;

  private final RoutePlan plan;
  private final Lines lines;
  private final Timer timer;
  private final Events events;
  private final Backoff backoff;
  private final CurrentExit exit;
  private final List<KeptForward> forwards = new ArrayList<>();
  private final CompletableFuture<Void> up = new CompletableFuture<>();
  private final CompletableFuture<Optional<CircuitException>> ended = new CompletableFuture<>();
  private ForwardState state = ForwardState.OPENING;
  private int attempt;
  private boolean proven;
  private Duration upSince = Duration.ZERO;
  private @Nullable Line line;
  private @Nullable CompletableFuture<Line> opening;
  private Timer.@Nullable Cancellable next;
  private @Nullable CircuitException lastFailure;

  /** Where circuits and listeners come from. */
  public interface Lines {
    /** Begins to open a circuit without forwards; fails with a {@link CircuitException}. */
    CompletableFuture<Line> open();

    /** Begins to listen on this machine; fails with a {@link HopFailure}. */
    CompletableFuture<Forward> listen(ForwardSpec spec, Exit exit, Consumer<String> record);
  }

  /** One that has yet to {@link #start}. */
  public Supervisor(
      RoutePlan plan,
      Lines lines,
      Timer timer,
      DoubleSupplier chance,
      Consumer<SupervisionEvent> listener) {
    this.plan = requireNonNull(plan, "plan is null");
    this.lines = requireNonNull(lines, "lines is null");
    this.timer = requireNonNull(timer, "timer is null");
    this.events = new Events(requireNonNull(listener, "listener is null"));
    this.backoff = new Backoff(plan.reconnect(), chance);
    this.exit =
        new CurrentExit(plan.hops().get(plan.hops().size() - 1).policy().connectTimeout(), timer);
  }

  /** Begins with the first opening. */
  public void start() {
    event(Optional.empty(), Optional.empty());
    events.tell();
    open();
  }

  private void open() {
    CompletableFuture<Line> begun;
    synchronized (this) {
      if (isOver()) {
        return;
      }
      begun = lines.open();
      opening = begun;
    }
    begun.whenComplete(this::opened);
  }

  private void opened(@Nullable Line opened, @Nullable Throwable failure) {
    if (opened == null) {
      failed(exception(requireNonNull(failure)));
      return;
    }
    boolean over;
    boolean first;
    synchronized (this) {
      over = isOver();
      first = !up.isDone();
      if (!over) {
        line = opened;
        opening = null;
      }
    }
    if (over) {
      opened.close();
      return;
    }
    if (first) {
      exit.up(opened);
      openForwards(opened, 0);
    } else {
      isUp(opened);
    }
    opened.closed().thenAccept(reason -> lost(opened, reason));
  }

  private void openForwards(Line on, int index) {
    if (index == plan.forwards().size()) {
      isUp(on);
      return;
    }
    open(plan.forwards().get(index), on)
        .whenComplete(
            (forward, failure) -> {
              if (failure == null) {
                openForwards(on, index + 1);
              } else {
                end(Optional.of(exception(failure)));
              }
            });
  }

  private CompletableFuture<Forward> open(ForwardSpec spec, Line on) {
    CompletableFuture<Forward> opened =
        spec.type() == ForwardType.REMOTE
            ? on.forward(spec)
            : lines.listen(spec, exit, this::record);
    CompletableFuture<Forward> result = new CompletableFuture<>();
    opened.whenComplete(
        (forward, failure) -> {
          if (forward == null) {
            result.completeExceptionally(exception(requireNonNull(failure)));
            return;
          }
          KeptForward kept =
              spec.type() == ForwardType.REMOTE
                  ? new FarForward(on, forward, timer, this::state, this::forget)
                  : new LocalForward(forward, this::state, this::forget);
          if (!keep(kept) || !result.complete(kept)) {
            kept.close();
            result.completeExceptionally(exception(new CancellationException()));
          }
        });
    result.whenComplete(
        (forward, failure) -> {
          if (failure != null) {
            opened.cancel(true);
          }
        });
    return result;
  }

  private synchronized boolean keep(KeptForward forward) {
    return !isOver() && forwards.add(forward);
  }

  private synchronized void forget(KeptForward forward) {
    forwards.remove(forward);
  }

  private void record(String sentence) {
    Line current;
    synchronized (this) {
      current = line;
    }
    if (current != null) {
      current.record(sentence);
    }
  }

  private void isUp(Line on) {
    List<KeptForward> kept;
    synchronized (this) {
      if (isOver() || line != on) {
        return;
      }
      state = ForwardState.UP;
      upSince = timer.uptime();
      kept = up.isDone() ? List.copyOf(forwards) : List.of();
      event(Optional.empty(), Optional.empty());
    }
    exit.up(on);
    kept.forEach(forward -> forward.up(on, plan.reconnect().delay()));
    events.tell();
    up.complete(null);
  }

  private void lost(Line gone, Optional<CircuitException> reason) {
    List<KeptForward> kept;
    @Nullable CircuitException failure;
    boolean first;
    Duration lasted;
    synchronized (this) {
      if (line != gone || isOver()) {
        return;
      }
      line = null;
      kept = List.copyOf(forwards);
      failure = reason.orElse(null);
      boolean wasUp = state == ForwardState.UP;
      lasted = wasUp ? timer.uptime().minus(upSince) : Duration.ZERO;
      first = !proven;
      if (wasUp && lasted.compareTo(plan.reconnect().gateTime()) >= 0) {
        proven = true;
        attempt = 0;
      }
    }
    if (failure == null) {
      end(Optional.empty());
      return;
    }
    exit.lost(requireNonNull(failure.getMessage()));
    kept.forEach(KeptForward::lost);
    boolean early = first && lasted.compareTo(plan.reconnect().gateTime()) < 0;
    if (!plan.reconnect().enabled()) {
      end(Optional.of(failure));
    } else if (early) {
      end(Optional.of(Verdict.tooEarly(failure, lasted, plan.reconnect())));
    } else {
      failed(failure);
    }
  }

  /** The circuit was lost, or an attempt at one failed. */
  private void failed(CircuitException failure) {
    boolean again;
    int failures;
    synchronized (this) {
      opening = null;
      failures = attempt;
      boolean exhausted =
          plan.reconnect().attempts().isPresent()
              && failures >= plan.reconnect().attempts().getAsInt();
      again = up.isDone() && !Verdict.isLasting(failure) && !exhausted && !isOver();
      if (again) {
        attempt++;
        state = ForwardState.RECONNECTING;
        lastFailure = failure;
        Duration wait = backoff.before(attempt);
        event(Optional.of(failure), Optional.of(wait));
        next = timer.after(wait, this::open);
      }
    }
    if (again) {
      exit.lost(requireNonNull(failure.getMessage()));
      events.tell();
      return;
    }
    boolean gaveUp = up.isDone() && !Verdict.isLasting(failure) && failures > 0;
    end(Optional.of(gaveUp ? Verdict.gaveUp(failure, failures) : failure));
  }

  /** Ends it: as closed, or with a failure. Completes when nothing is left. */
  private CompletableFuture<Void> end(Optional<CircuitException> failure) {
    List<KeptForward> kept;
    Line open;
    CompletableFuture<Line> begun;
    synchronized (this) {
      if (isOver()) {
        return ended.handle((reason, trouble) -> null);
      }
      state = failure.isPresent() ? ForwardState.FAILED : ForwardState.CLOSED;
      failure.ifPresent(reason -> lastFailure = reason);
      kept = List.copyOf(forwards);
      forwards.clear();
      open = line;
      begun = opening;
      if (next != null) {
        next.cancel();
      }
      event(failure, Optional.empty());
    }
    exit.end();
    kept.forEach(KeptForward::end);
    if (begun != null) {
      begun.cancel(true);
    }
    events.tell();
    failure.ifPresentOrElse(
        up::completeExceptionally, () -> up.completeExceptionally(closedFailure()));
    CompletableFuture<Void> closed =
        open == null ? CompletableFuture.completedFuture(null) : open.close();
    return closed
        .copy()
        .completeOnTimeout(null, CLOSING_MILLIS, MILLISECONDS)
        .handle(
            (done, trouble) -> {
              ended.complete(failure);
              return null;
            });
  }

  private boolean isOver() {
    return state == ForwardState.FAILED || state == ForwardState.CLOSED;
  }

  private void event(Optional<CircuitException> failure, Optional<Duration> wait) {
    events.add(new SupervisionEvent(timer.now(), state, failure, attempt, wait));
  }

  private CircuitException closedFailure() {
    return exception(
        new HopFailure(Code.CLOSED, Phase.CHANNEL, "the supervision of the route was closed"));
  }

  private CircuitException exception(Throwable failure) {
    Throwable inner = failure;
    while (inner instanceof CompletionException && inner.getCause() != null) {
      inner = inner.getCause();
    }
    if (inner instanceof CircuitException known) {
      return known;
    }
    if (inner instanceof HopFailure known) {
      return exception(known);
    }
    if (inner instanceof CancellationException) {
      return exception(new HopFailure(Code.CANCELLED, Phase.CHANNEL, "it was given up", inner));
    }
    return exception(
        new HopFailure(Code.PROTOCOL_ERROR, Phase.CHANNEL, "unexpected " + inner, inner));
  }

  private CircuitException exception(HopFailure failure) {
    return new CircuitException(
        failure.code(),
        failure.phase(),
        plan.hops().get(plan.hops().size() - 1).info(),
        failure.sentence(),
        trail(),
        failure);
  }

  @Override
  public String route() {
    return plan.name();
  }

  @Override
  public synchronized ForwardState state() {
    return state;
  }

  @Override
  public synchronized List<Forward> forwards() {
    return List.copyOf(forwards);
  }

  @Override
  public Forward forward(ForwardSpec spec) throws CircuitException, InterruptedException {
    Line current;
    synchronized (this) {
      current = line;
      if (isOver() || current == null) {
        throw exception(
            new HopFailure(Code.CLOSED, Phase.CHANNEL, "there is no circuit at the moment"));
      }
    }
    CompletableFuture<Forward> opened = open(requireNonNull(spec, "spec is null"), current);
    try {
      return opened.get();
    } catch (InterruptedException e) {
      opened.cancel(true);
      throw e;
    } catch (ExecutionException e) {
      throw exception(requireNonNull(e.getCause()));
    }
  }

  @Override
  public synchronized Optional<CircuitException> lastFailure() {
    return Optional.ofNullable(lastFailure);
  }

  @Override
  public Trail trail() {
    Line current;
    CircuitException failure;
    synchronized (this) {
      current = line;
      failure = lastFailure;
    }
    if (current != null) {
      return current.trail();
    }
    return failure == null ? new Trail(List.of()) : failure.trail();
  }

  @Override
  public CompletableFuture<Void> up() {
    return up.copy();
  }

  @Override
  public CompletableFuture<Optional<CircuitException>> ended() {
    return ended.copy();
  }

  /** Begins to close; completes within the bound. */
  public CompletableFuture<Void> closeAsync() {
    return end(Optional.empty());
  }

  @Override
  public void close() {
    try {
      closeAsync().get(CLOSING_MILLIS + 100, MILLISECONDS);
    } catch (ExecutionException | TimeoutException e) {
      // It ends without us.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
