package dev.postern.testkit.server;

import java.util.List;
import java.util.function.Predicate;

/**
 * One round of a keyboard-interactive conversation.
 *
 * @param name its name, often empty
 * @param instruction its instruction, often empty
 * @param prompts what it asks
 */
public record ServerRound(String name, String instruction, List<Ask> prompts) {
  /** Copies the prompts. */
  public ServerRound {
    prompts = List.copyOf(prompts);
  }

  /** A round of prompts without name and instruction. */
  public static ServerRound of(Ask... prompts) {
    return new ServerRound("", "", List.of(prompts));
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
