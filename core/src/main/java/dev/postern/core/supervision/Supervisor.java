package dev.postern.core.supervision;

import static java.util.Objects.requireNonNull;
import static java.util.concurrent.TimeUnit.MILLISECONDS;

import dev.postern.circuit.CircuitException;
import dev.postern.circuit.Forward;
import dev.postern.circuit.ForwardState;
import dev.postern.circuit.Supervision;
import dev.postern.circuit.SupervisionEvent;
import dev.postern.circuit.Trail;
import dev.postern.core.config.RoutePlan;
import dev.postern.core.supervision.Course.Remains;
import dev.postern.core.supervision.Retries.Decision;
import dev.postern.route.ForwardSpec;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps one route open. It has no lock: its {@link Course} says what is to be done, and it does it.
 */
public final class Supervisor implements Supervision {
  private static final int CLOSING_MILLIS = 1_900;

  private final RoutePlan plan;
  private final Lines lines;
  private final Course course;
  private final CurrentExit exit;
  private final LineFailures failures;
  private final KeptForwards forwards;
  private final CompletableFuture<Void> up = new CompletableFuture<>();
  private final CompletableFuture<Optional<CircuitException>> ended = new CompletableFuture<>();

  /** One that has yet to {@link #start}. */
  public Supervisor(
      RoutePlan plan,
      Lines lines,
      Timer timer,
      DoubleSupplier chance,
      Consumer<SupervisionEvent> listener) {
    this.plan = requireNonNull(plan, "plan is null");
    this.lines = requireNonNull(lines, "lines is null");
    requireNonNull(timer, "timer is null");
    requireNonNull(listener, "listener is null");
    this.course = new Course(timer, new Retries(plan.reconnect(), chance), listener);
    this.exit =
        new CurrentExit(plan.hops().get(plan.hops().size() - 1).policy().connectTimeout(), timer);
    this.failures = new LineFailures(plan, course::trail);
    this.forwards = new KeptForwards(lines, exit, timer, course, failures);
  }

  /** Begins with the first opening. */
  public void start() {
    course.begins();
    course.tell();
    open();
  }

  private void open() {
    if (course.isOver()) {
      return;
    }
    CompletableFuture<Line> begun = lines.open();
    if (!course.opening(begun)) {
      begun.cancel(true);
    }
    begun.whenComplete(this::opened);
  }

  private void opened(@Nullable Line opened, @Nullable Throwable failure) {
    if (opened == null) {
      CircuitException reason = failures.of(requireNonNull(failure));
      follow(course.failed(reason, this::open), reason);
      return;
    }
    if (!course.opened(opened)) {
      opened.close();
      return;
    }
    if (course.began()) {
      isUp(opened);
    } else {
      exit.up(opened);
      openForwards(opened);
    }
    opened.closed().thenAccept(reason -> lost(opened, reason));
  }

  private void openForwards(Line on) {
    forwards
        .openAll(plan.forwards(), on)
        .whenComplete(
            (done, failure) -> {
              if (failure == null) {
                isUp(on);
              } else {
                end(Optional.of(failures.of(failure)));
              }
            });
  }

  private void isUp(Line on) {
    boolean again = course.began();
    if (!course.up(on)) {
      return;
    }
    exit.up(on);
    if (again) {
      forwards.up(on, plan.reconnect().delay());
    }
    course.tell();
    up.complete(null);
  }

  private void lost(Line gone, Optional<CircuitException> reason) {
    Optional<Duration> lasted = course.gone(gone);
    if (lasted.isEmpty()) {
      return;
    }
    if (reason.isEmpty()) {
      end(Optional.empty());
      return;
    }
    CircuitException failure = reason.get();
    exit.lost(requireNonNull(failure.getMessage()));
    // Before another one can be opened, so that none of its connections is taken for a lost one.
    forwards.lost();
    follow(course.lost(failure, lasted.get(), this::open), failure);
  }

  private void follow(Optional<Decision> decision, CircuitException failure) {
    if (decision.isEmpty()) {
      return;
    }
    if (decision.get() instanceof Decision.Never never) {
      end(Optional.of(never.why()));
      return;
    }
    exit.lost(requireNonNull(failure.getMessage()));
    course.tell();
  }

  /** Ends it: as closed, or with a failure. Completes when nothing is left. */
  private CompletableFuture<Void> end(Optional<CircuitException> failure) {
    Optional<Remains> remains = course.over(failure);
    if (remains.isEmpty()) {
      return ended.handle((reason, trouble) -> null);
    }
    exit.end();
    forwards.end();
    remains.get().opening().ifPresent(opening -> opening.cancel(true));
    course.tell();
    up.completeExceptionally(
        failure.orElseGet(() -> failures.closed("the supervision of the route was closed")));
    return remains
        .get()
        .line()
        .map(Line::close)
        .orElseGet(() -> CompletableFuture.completedFuture(null))
        .copy()
        .completeOnTimeout(null, CLOSING_MILLIS, MILLISECONDS)
        .handle(
            (done, trouble) -> {
              ended.complete(failure);
              return null;
            });
  }

  @Override
  public String route() {
    return plan.name();
  }

  @Override
  public ForwardState state() {
    return course.state();
  }

  @Override
  public List<Forward> forwards() {
    return forwards.all();
  }

  @Override
  public Forward forward(ForwardSpec spec) throws CircuitException, InterruptedException {
    return forwards.add(requireNonNull(spec, "spec is null"));
  }

  @Override
  public Optional<CircuitException> lastFailure() {
    return course.lastFailure();
  }

  @Override
  public Trail trail() {
    return course.trail();
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
