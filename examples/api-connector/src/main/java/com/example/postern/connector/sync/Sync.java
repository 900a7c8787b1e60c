package com.example.postern.connector.sync;

import com.example.postern.connector.api.ApiClient;
import com.example.postern.connector.api.ApiException;
import com.example.postern.connector.config.Job;
import com.example.postern.connector.paging.Paging;
import com.example.postern.connector.paging.PagingException;
import com.example.postern.connector.paging.Shapes;
import com.example.postern.connector.state.Checkpoint;
import com.example.postern.connector.state.Pass;
import com.example.postern.connector.state.StateException;
import com.example.postern.connector.state.StateFile;
import com.example.postern.connector.warehouse.Warehouse;
import com.example.postern.connector.warehouse.WarehouseException;
import com.example.postern.connector.warehouse.Written;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.postern.circuit.CircuitException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import okhttp3.HttpUrl;

/**
 * Reads a source to its end: an answer, its rows, the checkpoint, the next answer. A checkpoint
 * comes after the commit that it tells of: whatever ends the process, the next run reads one answer
 * again at most, and writes its rows over themselves.
 */
public final class Sync {
  private static final int MOST_RESTARTS = 5;

  private final Job job;
  private final Paging paging;
  private final Moments moments;
  private final boolean marksMissing;
  private final Clock clock;
  private Counts counts = Counts.NONE;

  /**
   * Does nothing yet.
   *
   * @param marksMissing whether rows that a full reading did not see are marked as deleted
   */
  public Sync(Job job, boolean marksMissing, Clock clock) {
    this.job = job;
    this.paging = Shapes.of(job);
    this.moments = new Moments(job.updatedField());
    this.marksMissing = marksMissing;
    this.clock = clock;
  }

  /** What was done so far, also by a run that failed. */
  public Counts counts() {
    return counts;
  }

  /**
   * Reads from a checkpoint to the end.
   *
   * @param from a checkpoint of this warehouse
   */
  public void run(Checkpoint from, ApiClient api, Warehouse warehouse, StateFile state)
      throws SyncException, InterruptedException {
    HttpUrl endpoint = api.url(job.endpoint());
    Checkpoint checkpoint = from;
    Pass pass = from.pass().orElseGet(() -> Pass.begin(clock.instant(), since(from)));
    Set<String> places = new HashSet<>();
    while (true) {
      Answer answer = ask(api, endpoint, pass);
      Optional<Pass> next = next(answer, pass, places);
      boolean ends = next.isEmpty();
      if (ends && answer.items().isEmpty() && checkpoint.pass().isEmpty()) {
        return; // Nothing to read: neither rows nor a checkpoint.
      }
      Pass done = seen(answer, pass);
      Optional<Instant> missing =
          Optional.of(done.started())
              .filter(start -> marksMissing && ends && done.isFull() && read(answer, done));
      counts = counts.plus(write(warehouse, answer.items(), missing));
      checkpoint =
          new Checkpoint(
              warehouse.id(),
              warehouse.sequence(),
              ends ? end(done).or(from::since) : from.since(),
              next);
      save(state, checkpoint);
      if (ends) {
        return;
      }
      pass = next.get();
    }
  }

  private Optional<String> since(Checkpoint from) {
    return paging.isIncremental() ? from.since() : Optional.empty();
  }

  /** An API that has nothing at all more likely is broken than empty. */
  private static boolean read(Answer answer, Pass pass) {
    return !answer.items().isEmpty() || pass.place().isPresent();
  }

  private Answer ask(ApiClient api, HttpUrl endpoint, Pass pass)
      throws SyncException, InterruptedException {
    try {
      HttpUrl url = paging.url(endpoint, pass.since(), pass.place());
      ObjectNode answer = api.get(url);
      List<ObjectNode> items = items(answer);
      return new Answer(items, paging.next(answer, url, items.size()), paging.total(answer));
    } catch (CircuitException e) {
      throw new SyncException(Stage.SSH, e);
    } catch (ApiException | PagingException | ShapeException e) {
      throw new SyncException(Stage.API, e);
    }
  }

  private List<ObjectNode> items(ObjectNode answer) throws ShapeException {
    if (!answer.path("data").isArray()) {
      throw new ShapeException("the answer of %s has no list \"data\"".formatted(job.endpoint()));
    }
    List<ObjectNode> items = new ArrayList<>();
    for (JsonNode item : answer.path("data")) {
      if (!(item instanceof ObjectNode object)) {
        throw new ShapeException(
            "the list \"data\" of %s has what is no object".formatted(job.endpoint()));
      }
      items.add(object);
    }
    return items;
  }

  /** Where to go on; empty at the end. */
  private Optional<Pass> next(Answer answer, Pass pass, Set<String> places) throws SyncException {
    if (shrank(answer, pass)) {
      // Those behind what is gone moved up, to pages that were read already.
      if (pass.again() >= MOST_RESTARTS) {
        throw new SyncException(
            Stage.API, new ShapeException("items go as fast as they are read: try again later"));
      }
      places.clear();
      return Optional.of(
          new Pass(
              pass.started(),
              pass.since(),
              Optional.empty(),
              seen(answer, pass).newest(),
              answer.total(),
              pass.again() + 1));
    }
    if (answer.next().isEmpty()) {
      return Optional.empty();
    }
    if (!places.add(answer.next().get())) {
      throw new SyncException(
          Stage.API,
          new ShapeException("the pages of %s go in a circle".formatted(job.endpoint())));
    }
    Pass seen = seen(answer, pass);
    return Optional.of(
        new Pass(
            seen.started(),
            seen.since(),
            answer.next(),
            seen.newest(),
            answer.total(),
            seen.again()));
  }

  private static boolean shrank(Answer answer, Pass pass) {
    return pass.place().isPresent()
        && pass.total().isPresent()
        && answer.total().isPresent()
        && answer.total().getAsLong() < pass.total().getAsLong();
  }

  private Pass seen(Answer answer, Pass pass) {
    return new Pass(
        pass.started(),
        pass.since(),
        pass.place(),
        moments.newest(answer.items(), pass.newest(), clock.instant()),
        pass.total(),
        pass.again());
  }

  /** From where the next pass reads; empty if it must read everything again. */
  private Optional<String> end(Pass pass) {
    if (!paging.isIncremental()) {
      return Optional.empty();
    }
    Duration overlap = paging.missesChanges() ? overlap(pass) : Duration.ZERO;
    Optional<String> next = pass.newest().map(newest -> Moments.earlier(newest, overlap));
    // Never back behind what was read before.
    return next.filter(
            moment -> pass.since().filter(since -> since.compareTo(moment) > 0).isEmpty())
        .or(pass::since);
  }

  /** What was changed while pages were read may have stood on one that was read before. */
  private Duration overlap(Pass pass) {
    Duration took = Duration.between(pass.started(), clock.instant());
    return (took.isNegative() ? Duration.ZERO : took).plusSeconds(1);
  }

  private static Written write(
      Warehouse warehouse, List<ObjectNode> items, Optional<Instant> missing) throws SyncException {
    try {
      return warehouse.write(items, missing);
    } catch (WarehouseException e) {
      throw new SyncException(Stage.ROWS, e);
    }
  }

  private void save(StateFile state, Checkpoint checkpoint) throws SyncException {
    try {
      state.write(checkpoint);
      counts = counts.plusCheckpoint();
    } catch (StateException e) {
      throw new SyncException(Stage.CHECKPOINT, e);
    }
  }

  private record Answer(List<ObjectNode> items, Optional<String> next, OptionalLong total) {}

  private static final class ShapeException extends Exception {
    private static final long serialVersionUID = 1L;

    ShapeException(String message) {
      super(message);
    }
  }
}
