package dev.postern.auth.scripted;

import dev.postern.api.auth.AuthMethod;
import dev.postern.api.auth.AuthStrategy;
import dev.postern.api.auth.Prompt;
import dev.postern.api.auth.PromptPattern;
import dev.postern.api.auth.Reply;
import dev.postern.api.secret.SecretException;
import dev.postern.auth.scripted.ScriptedConfig.Rule;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Answers by rules. Each serves its number of prompts in one conversation; a new conversation
 * begins anew.
 */
final class RuleStrategy implements AuthStrategy {
  private static final int NONE = -1;

  private final List<Rule> rules;
  private final boolean inOrder;
  private final int[] used;
  private int conversation;

  /** The first rule that may still answer: with {@code in-order}, there is no way back. */
  private int first;

  RuleStrategy(List<Rule> rules, boolean inOrder) {
    this.rules = rules;
    this.inOrder = inOrder;
    this.used = new int[rules.size()];
  }

  @Override
  public Set<AuthMethod> methods() {
    return Set.of(AuthMethod.KEYBOARD_INTERACTIVE);
  }

  @Override
  public Reply prompt(Prompt prompt) throws SecretException {
    if (conversation != prompt.round().conversation()) {
      conversation = prompt.round().conversation();
      first = 0;
      Arrays.fill(used, 0);
    }
    int index = find(prompt);
    if (index == NONE) {
      return Reply.pass();
    }
    used[index]++;
    first = inOrder ? index : 0;
    Rule rule = rules.get(index);
    return used[index] > 1
        ? Reply.deliberate(rule.answer().read())
        : Reply.answer(rule.answer().read());
  }

  private int find(Prompt prompt) {
    int index = find(prompt, pattern -> pattern.matches(prompt.text()));
    if (index != NONE || !isExplainedByItsRound(prompt)) {
      return index;
    }
    Prompt.Round round = prompt.round();
    return find(
        prompt, pattern -> pattern.matches(round.instruction()) || pattern.matches(round.name()));
  }

  /**
   * In a round of several prompts the instruction is about all of them: only a prompt without words
   * of its own, such as {@code "> "}, is taken by it.
   */
  private static boolean isExplainedByItsRound(Prompt prompt) {
    return prompt.round().promptCount() == 1
        || prompt.text().codePoints().noneMatch(Character::isLetterOrDigit);
  }

  private int find(Prompt prompt, Predicate<PromptPattern> matches) {
    for (int i = first; i < rules.size(); i++) {
      Rule rule = rules.get(i);
      if (used[i] < rule.times() && fits(rule.echo(), prompt.echo()) && matches.test(rule.ask())) {
        return i;
      }
      if (inOrder && used[i] == 0) {
        return NONE;
      }
    }
    return NONE;
  }

  private static boolean fits(ScriptedConfig.Echo wanted, boolean echo) {
    return switch (wanted) {
      case ON -> echo;
      case OFF -> !echo;
      case ANY -> true;
    };
  }
}
