package dev.postern.core.supervision;

import static java.util.Objects.requireNonNull;

import dev.postern.circuit.CircuitException;
import dev.postern.circuit.Forward;
import dev.postern.circuit.ForwardState;
import dev.postern.core.forward.Exit;
import dev.postern.route.ForwardSpec;
import dev.postern.route.ForwardType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/** The forwards of a route, through all of its circuits. Safe for use by several threads. */
final class KeptForwards {
  private final Lines lines;
  private final Exit exit;
  private final Timer timer;
  private final Course course;
  private final LineFailures failures;
  private final List<KeptForward> kept = new ArrayList<>();
  private boolean over;

  KeptForwards(Lines lines, Exit exit, Timer timer, Course course, LineFailures failures) {
    this.lines = lines;
    this.exit = exit;
    this.timer = timer;
    this.course = course;
    this.failures = failures;
  }

  /** Opens them one after the other; the first failure is the last. */
  CompletableFuture<Void> openAll(List<ForwardSpec> specs, Line on) {
    CompletableFuture<Void> result = CompletableFuture.completedFuture(null);
    for (ForwardSpec spec : specs) {
      result = result.thenCompose(done -> open(spec, on)).thenAccept(forward -> {});
    }
    return result;
  }

  /** Opens one on the circuit of the moment. */
  Forward add(ForwardSpec spec) throws CircuitException, InterruptedException {
    Line on =
        course
            .line()
            .filter(line -> !course.isOver())
            .orElseThrow(() -> failures.closed("there is no circuit at the moment"));
    CompletableFuture<Forward> opening = open(spec, on);
    try {
      return opening.get();
    } catch (InterruptedException e) {
      opening.cancel(true);
      throw e;
    } catch (ExecutionException e) {
      throw failures.of(e);
    }
  }

  /** Opens one and keeps it. Cancelling it gives it up. */
  CompletableFuture<Forward> open(ForwardSpec spec, Line on) {
    CompletableFuture<Forward> opening =
        spec.type() == ForwardType.REMOTE
            ? on.forward(spec)
            : lines.listen(spec, exit, this::record);
    CompletableFuture<Forward> result = new CompletableFuture<>();
    opening.whenComplete((forward, failure) -> opened(spec, on, forward, failure, result));
    result.whenComplete(
        (forward, failure) -> {
          if (failure != null) {
            opening.cancel(true);
          }
        });
    return result;
  }

  private void opened(
      ForwardSpec spec,
      Line on,
      @Nullable Forward forward,
      @Nullable Throwable failure,
      CompletableFuture<Forward> result) {
    if (forward == null) {
      result.completeExceptionally(failures.of(requireNonNull(failure)));
      return;
    }
    KeptForward added =
        spec.type() == ForwardType.REMOTE
            ? new FarForward(on, forward, timer, this)
            : new LocalForward(forward, this);
    if (!keep(added) || !result.complete(added)) {
      added.close();
      result.completeExceptionally(failures.of(new CancellationException()));
    }
  }

  private void record(String sentence) {
    course.line().ifPresent(line -> line.record(sentence));
  }

  private synchronized boolean keep(KeptForward forward) {
    return !over && kept.add(forward);
  }

  /** It is closed on its own. */
  synchronized void forget(KeptForward forward) {
    kept.remove(forward);
  }

  synchronized List<Forward> all() {
    return List.copyOf(kept);
  }

  private synchronized List<KeptForward> copy() {
    return List.copyOf(kept);
  }

  /** What the route is at. */
  ForwardState state() {
    return course.state();
  }

  /** A new circuit is there; a far end that refuses is asked again after so long. */
  void up(Line line, Duration patience) {
    copy().forEach(forward -> forward.up(line, patience));
  }

  /** The circuit is lost, and no other one is there yet. */
  void lost() {
    copy().forEach(KeptForward::lost);
  }

  /** The far end refused to listen again, or, without a failure, listens at last. */
  void farEnd(Line on, ForwardSpec forward, Optional<Throwable> failure) {
    course.farEnd(on, forward, failure.map(failures::of));
    course.tell();
  }

  /** Closes them all, and those that are still to come. */
  void end() {
    List<KeptForward> all;
    synchronized (this) {
      over = true;
      all = List.copyOf(kept);
      kept.clear();
    }
    all.forEach(KeptForward::end);
  }
}
