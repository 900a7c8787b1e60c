package dev.postern.core.fleet;

import dev.postern.circuit.Phase;
import dev.postern.core.hop.HopFailure;
import dev.postern.core.hop.Verdicts;
import dev.postern.problem.Code;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Who decides on secrets that several targets are sent, and what was decided. A secret is tried on
 * one target until it proved right or wrong; a target that refuses it keeps it from the others, so
 * that a wrong password locks no account. Safe for use by several threads.
 */
final class Authorities {
  private final Map<String, Authority> all = new HashMap<>();
  private final Answers answers;
  private boolean anyRefused;

  Authorities(Answers answers) {
    this.answers = answers;
  }

  /** Hears for one strategy of one target. */
  Verdicts of(String key, String target, String user) {
    return new Verdicts() {
      @Override
      public void sending() throws HopFailure, InterruptedException {
        Authorities.this.sending(key, target, user);
      }

      @Override
      public void refused() {
        Authorities.this.refused(key, target);
      }

      @Override
      public void accepted() {
        Authorities.this.accepted(key, target);
      }
    };
  }

  private synchronized void sending(String key, String target, String user)
      throws HopFailure, InterruptedException {
    Authority authority = all.computeIfAbsent(key, unknown -> new Authority());
    while (true) {
      switch (authority.state) {
        case PROVEN -> {
          return;
        }
        case REFUSED -> {
          if (target.equals(authority.target)) {
            return;
          }
          throw refusal(authority.target, user);
        }
        case UNKNOWN -> {
          authority.become(State.TRIED, target);
          return;
        }
        case TRIED -> {
          if (target.equals(authority.target)) {
            return;
          }
          wait();
        }
      }
    }
  }

  /** The one that tries it may have another answer of the person's. */
  private synchronized void refused(String key, String target) {
    Authority authority = all.computeIfAbsent(key, unknown -> new Authority());
    if (authority.state == State.TRIED && target.equals(authority.target)) {
      authority.doubted = true;
      answers.refused();
      return;
    }
    if (authority.state != State.REFUSED) {
      refuse(authority, target);
      notifyAll();
    }
  }

  private void refuse(Authority authority, String target) {
    authority.become(State.REFUSED, target);
    anyRefused = true;
  }

  private synchronized void accepted(String key, String target) {
    Authority authority = all.computeIfAbsent(key, unknown -> new Authority());
    if (authority.state == State.TRIED && target.equals(authority.target)) {
      authority.become(State.PROVEN, target);
      answers.accepted();
      notifyAll();
    }
  }

  /** A target does not try any more, whatever came of it. */
  synchronized void finished(String target) {
    for (Authority authority : all.values()) {
      if (authority.state == State.TRIED && target.equals(authority.target)) {
        if (authority.doubted) {
          refuse(authority, target);
        } else {
          authority.become(State.UNKNOWN, target);
        }
      }
    }
    notifyAll();
  }

  /** Whether there may be a {@link #refusal}. */
  synchronized boolean anyRefused() {
    return anyRefused;
  }

  /** Whether one of these is being tried. */
  synchronized boolean isTried(List<String> keys) {
    return keys.stream()
        .map(all::get)
        .anyMatch(authority -> authority != null && authority.state == State.TRIED);
  }

  /** Why there is no use in trying a plan: all that it has was refused by others. */
  synchronized @Nullable HopFailure refusal(List<String> keys, String user) {
    HopFailure why = null;
    for (String key : keys) {
      Authority authority = all.get(key);
      if (key.isEmpty() || authority == null || authority.state != State.REFUSED) {
        return null;
      }
      why = refusal(authority.target, user);
    }
    return why;
  }

  private static HopFailure refusal(String target, String user) {
    return new HopFailure(
        Code.FLEET_SECRET_REFUSED,
        Phase.AUTH,
        "not signed in: '%s' refused the same secret for the user '%s', so it was not sent again"
            .formatted(target, user));
  }

  private enum State {
    UNKNOWN,
    TRIED,
    PROVEN,
    REFUSED
  }

  private static final class Authority {
    private State state = State.UNKNOWN;
    private String target = "";
    private boolean doubted;

    void become(State next, String by) {
      state = next;
      target = by;
      doubted = false;
    }
  }
}
