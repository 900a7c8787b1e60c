package dev.postern.auth.scripted;

import dev.postern.api.auth.AuthStrategy;
import dev.postern.api.auth.Prompt;
import dev.postern.api.auth.Reply;
import java.util.ArrayList;
import java.util.List;

/** Puts rounds to a strategy as the engine does: hidden prompts, unless one begins with a '+'. */
final class Conversation {
  private final AuthStrategy strategy;
  private int conversation = 1;
  private int round;

  Conversation(AuthStrategy strategy) {
    this.strategy = strategy;
  }

  void startAnew() {
    conversation++;
    round = 0;
  }

  /** A round without name and instruction. */
  List<String> round(String... prompts) throws Exception {
    return explained("", "", prompts);
  }

  /** What is said to each prompt: the answer, with a '!' if it is deliberate, or why not. */
  List<String> explained(String name, String instruction, String... prompts) throws Exception {
    Prompt.Round facts = new Prompt.Round(++round, conversation, name, instruction, prompts.length);
    List<String> said = new ArrayList<>();
    for (int i = 0; i < prompts.length; i++) {
      boolean echo = prompts[i].startsWith("+");
      String text = echo ? prompts[i].substring(1) : prompts[i];
      said.add(words(strategy.prompt(new Prompt(text, echo, i, facts))));
    }
    return said;
  }

  private static String words(Reply reply) {
    if (reply instanceof Reply.Answer answer) {
      return new String(answer.value().chars()) + (answer.deliberate() ? "!" : "");
    }
    return reply instanceof Reply.Abort abort ? abort.reason() : "pass";
  }
}
