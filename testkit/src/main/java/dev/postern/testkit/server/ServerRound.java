package dev.postern.testkit.server;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import org.apiguardian.api.API;

/**
 * One round of a keyboard-interactive conversation.
 *
 * @param name its name, often empty
 * @param instruction its instruction, often empty
 * @param prompts what it asks; nothing at all is a round too (RFC 4256 section 3.2)
 * @param delay how long the server takes before it asks
 */
@API(status = API.Status.MAINTAINED, since = "1.0")
public record ServerRound(String name, String instruction, List<Ask> prompts, Duration delay) {
  /** Copies the prompts. */
  public ServerRound {
    requireNonNull(name, "name is null");
    requireNonNull(instruction, "instruction is null");
    prompts = List.copyOf(prompts);
    requireNonNull(delay, "delay is null");
  }

  /** A round that is asked at once. */
  public ServerRound(String name, String instruction, List<Ask> prompts) {
    this(name, instruction, prompts, Duration.ZERO);
  }

  /** A round of prompts without name and instruction. */
  public static ServerRound of(Ask... prompts) {
    return new ServerRound("", "", List.of(prompts));
  }

  /** The same with a name and an instruction above the prompts. */
  public ServerRound titled(String title, String text) {
    return new ServerRound(title, text, prompts, delay);
  }

  /** The same, asked only after a while: a push that somebody has to confirm first. */
  public ServerRound after(Duration time) {
    return new ServerRound(name, instruction, prompts, time);
  }

  boolean accepts(List<String> answers) {
    if (answers.size() != prompts.size()) {
      return false;
    }
    for (int i = 0; i < answers.size(); i++) {
      if (!prompts.get(i).accepted().test(answers.get(i))) {
        return false;
      }
    }
    return true;
  }

  /**
   * One prompt.
   *
   * @param text what is asked
   * @param echo whether the answer may be seen
   * @param accepted whether an answer is right
   */
  public record Ask(String text, boolean echo, Predicate<String> accepted) {
    /** Checks the values. */
    public Ask {
      requireNonNull(text, "text is null");
      requireNonNull(accepted, "accepted is null");
    }

    /** A prompt with echo off, and the one right answer. */
    public static Ask hidden(String text, String answer) {
      return new Ask(text, false, answer::equals);
    }

    /** A prompt with echo on, and the one right answer. */
    public static Ask shown(String text, String answer) {
      return new Ask(text, true, answer::equals);
    }
  }
}
