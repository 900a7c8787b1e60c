package dev.postern.auth.scripted;

import dev.postern.api.auth.PromptPattern;
import dev.postern.api.config.Default;
import dev.postern.api.config.Doc;
import dev.postern.api.config.MisconfiguredException;
import dev.postern.api.secret.Secret;
import java.util.List;
import java.util.Optional;

/** The settings of {@code mfa-scripted}. */
@Doc("Answers prompts by declared rules: what is asked, what is answered.")
public record ScriptedConfig(
    @Default("[]") @Doc("The rules.") List<Rule> rules,
    @Default("false") @Doc("Whether the rules apply in the order they stand.") boolean inOrder,
    @Doc(
            value =
                "Answers by position, one list for each round that asks anything; for servers whose prompts cannot be told apart.",
            example = "[[{ env = DB_PW }], [\"1\"]]")
        Optional<List<List<Secret>>> answers) {
  /** Checks the values. */
  public ScriptedConfig {
    rules = List.copyOf(rules);
    answers = answers.map(lists -> lists.stream().map(List::copyOf).toList());
    if (!rules.isEmpty() && answers.isPresent()) {
      throw new MisconfiguredException(
          "mfa-scripted takes rules or answers, not both; remove one of them");
    }
    if (rules.isEmpty() && answers.isEmpty()) {
      throw new MisconfiguredException(
          "mfa-scripted has nothing to answer with; give it rules or answers");
    }
  }

  /** When the server's prompt must show what is typed. */
  public enum Echo {
    /** Only if it is shown. */
    ON,
    /** Only if it is hidden. */
    OFF,
    /** Either. */
    ANY
  }

  /** One rule. */
  public record Rule(
      @Doc(
              value =
                  "What is asked, as it reads or as a regular expression; found in the prompt, else in the round's instruction or name.",
              example = "\"Passcode or option (1-3):\"")
          PromptPattern ask,
      @Doc("The answer.") Secret answer,
      @Default("any")
          @Doc(
              "Whether the prompt must show what is typed (on), must hide it (off), or may do either (any).")
          Echo echo,
      @Default("1") @Doc("How often the rule answers in one conversation.") int times) {
    /** Checks the values. */
    public Rule {
      if (times < 1) {
        throw new IllegalArgumentException("times: %d is not at least 1".formatted(times));
      }
    }
  }
}
