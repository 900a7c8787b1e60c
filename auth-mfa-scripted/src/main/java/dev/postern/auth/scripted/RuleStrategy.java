package dev.postern.auth.scripted;

import dev.postern.api.auth.AuthMethod;
import dev.postern.api.auth.AuthStrategy;
import dev.postern.api.auth.Prompt;
import dev.postern.api.auth.PromptPattern;
import dev.postern.api.auth.Reply;
import dev.postern.api.secret.SecretException;
import dev.postern.auth.scripted.ScriptedConfig.Rule;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Answers by rules. Each serves its number of prompts in one conversation; a new conversation
 * begins anew.
 */
final class RuleStrategy implements AuthStrategy {
  private final List<Rule> rules;
  private final boolean inOrder;
  private final int[] used;
  private int conversation;

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
      java.util.Arrays.fill(used, 0);
    }
    int index = find(prompt, pattern -> pattern.matches(prompt.text()));
    if (index < 0) {
      index =
          find(
              prompt,
              pattern ->
                  pattern.matches(prompt.round().instruction())
                      || pattern.matches(prompt.round().name()));
    }
    if (index < 0) {
      return Reply.pass();
    }
    used[index]++;
    Rule rule = rules.get(index);
    return used[index] > 1
        ? Reply.deliberate(rule.answer().read())
        : Reply.answer(rule.answer().read());
  }

  private int find(Prompt prompt, Predicate<PromptPattern> matches) {
    for (int i = 0; i < rules.size(); i++) {
      Rule rule = rules.get(i);
      if (used[i] < rule.times() && fits(rule.echo(), prompt.echo()) && matches.test(rule.ask())) {
        return i;
      }
      if (inOrder && used[i] == 0) {
        return -1;
      }
    }
    return -1;
  }

  private static boolean fits(ScriptedConfig.Echo wanted, boolean echo) {
    return switch (wanted) {
      case ON -> echo;
      case OFF -> !echo;
      case ANY -> true;
    };
  }
}
