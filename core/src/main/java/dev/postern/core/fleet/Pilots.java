package dev.postern.core.fleet;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * One target goes first where targets are sent the same secret: the others would wait for its
 * verdict in the middle of their handshakes. Guarded by {@link Admission}.
 */
final class Pilots {
  /** A pilot that answers nothing for so long holds up nobody. */
  static final long PATIENCE_MILLIS = 2_000;

  private final Map<List<String>, Pilot> pilots = new HashMap<>();
  private final Answers answers;
  private final Authorities authorities;

  Pilots(Answers answers, Authorities authorities) {
    this.answers = answers;
    this.authorities = authorities;
  }

  boolean mayGo(Member member) {
    Pilot pilot = pilots.get(member.authorities());
    if (!member.hasSecrets() || pilot == null || pilot.landed) {
      return true;
    }
    boolean late = System.nanoTime() - pilot.since > PATIENCE_MILLIS * 1_000_000;
    return late && !answers.isAsking() && !authorities.isTried(member.authorities());
  }

  /** Whether it is a pilot. */
  boolean begin(Member member) {
    if (!member.hasSecrets() || pilots.containsKey(member.authorities())) {
      return false;
    }
    pilots.put(member.authorities(), new Pilot(member));
    return true;
  }

  /**
   * An opening is over.
   *
   * @param reached whether it came as far as signing in; if not, another one must try
   */
  void landed(Member member, boolean reached) {
    Pilot pilot = pilots.get(member.authorities());
    if (pilot == null || pilot.member != member) {
      return;
    }
    if (reached) {
      pilot.landed = true;
    } else {
      pilots.remove(member.authorities());
    }
  }

  private static final class Pilot {
    private final Member member;
    private final long since = System.nanoTime();
    private boolean landed;

    Pilot(Member member) {
      this.member = member;
    }
  }
}
