package dev.postern.api.auth;

import static java.util.Objects.requireNonNull;

import dev.postern.api.secret.SecretValue;
import org.apiguardian.api.API;

/** What a strategy says to one request. */
@API(status = API.Status.STABLE, since = "1.0")
public sealed interface Reply {
  /**
   * An answer; the engine owns the value and wipes it after it was sent. It is not sent again once
   * the server refused it.
   */
  static Reply answer(SecretValue value) {
    return new Answer(value, false);
  }

  /**
   * An answer that may be sent again although it was sent or refused before: a person typed it
   * anew, or a rule says so.
   */
  static Reply deliberate(SecretValue value) {
    return new Answer(value, true);
  }

  /** Not mine: the next strategy is asked. */
  static Reply pass() {
    return new Pass("");
  }

  /**
   * Not mine, and why: shown to the user if nobody else takes it.
   *
   * @param why what is missing or to be looked at, a clause without a full stop
   */
  static Reply pass(String why) {
    return new Pass(why);
  }

  /** Stop this hop, and say why. */
  static Reply abort(String reason) {
    return new Abort(reason);
  }

  /**
   * An answer.
   *
   * @param value the answer, owned by the engine from here on
   * @param deliberate whether it may be sent although the same value was sent before
   */
  record Answer(SecretValue value, boolean deliberate) implements Reply {
    /** Checks the value. */
    public Answer {
      requireNonNull(value, "value is null");
    }
  }

  /**
   * Not mine.
   *
   * @param why what is missing or to be looked at, empty if there is nothing to say
   */
  record Pass(String why) implements Reply {
    /** Checks the reason. */
    public Pass {
      requireNonNull(why, "why is null");
    }
  }

  /**
   * Stop this hop.
   *
   * @param reason a sentence for the user
   */
  record Abort(String reason) implements Reply {
    /** Checks the reason. */
    public Abort {
      requireNonNull(reason, "reason is null");
    }
  }
}
