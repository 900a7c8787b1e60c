package dev.postern.cli.status;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A process that holds a route open, as far as it can be seen. */
public sealed interface Running {
  /** Its process id. */
  long pid();

  /** For {@code --json}. */
  Map<String, Object> json();

  /**
   * One that said what it is at.
   *
   * @param route the name of its route
   * @param pid its process id
   * @param since when the route was open first
   * @param state what the route is at
   * @param attempt the number of the attempt that is next, or that succeeded; 0 for the first
   * @param nextAttemptMillis how long until the next attempt; empty if none is waited for
   * @param lastError why the circuit was lost last, or could not be opened
   * @param forwards in the order of their addresses
   */
  record Route(
      String route,
      long pid,
      Instant since,
      String state,
      long attempt,
      Optional<Long> nextAttemptMillis,
      Optional<String> lastError,
      List<ForwardStatus> forwards)
      implements Running {
    /** Copies the list. */
    public Route {
      forwards = List.copyOf(forwards);
    }

    @Override
    public Map<String, Object> json() {
      Map<String, Object> fields = new LinkedHashMap<>();
      fields.put("route", route);
      fields.put("pid", pid);
      fields.put("since", since.toString());
      fields.put("state", state);
      fields.put("attempt", attempt);
      nextAttemptMillis.ifPresent(millis -> fields.put("nextAttemptMillis", millis));
      lastError.ifPresent(text -> fields.put("lastError", text));
      fields.put("forwards", forwards.stream().map(ForwardStatus::json).toList());
      return fields;
    }
  }

  /**
   * One that listens, and that is all that is known.
   *
   * @param pid as the name of its socket says
   * @param why what it did in place of an answer
   */
  record Silent(long pid, String why) implements Running {
    static final String TIME = "does not answer";
    static final String WORDS = "answers what cannot be read";

    @Override
    public Map<String, Object> json() {
      Map<String, Object> fields = new LinkedHashMap<>();
      fields.put("pid", pid);
      fields.put("state", "unknown");
      fields.put("message", why);
      return fields;
    }
  }
}
