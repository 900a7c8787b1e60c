package dev.postern.benchmarks.jmh;

import dev.postern.api.auth.PromptPattern;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Whether a prompt is one that a strategy takes. */
@State(Scope.Benchmark)
public class PromptMatching {
  private final PromptPattern words = PromptPattern.of("Verification code");
  private final PromptPattern expression = PromptPattern.of("(?i)^passcode or option \\(1-\\d\\)");
  private String prompt = "Duo two-factor login for alice\nPasscode or option (1-3): ";

  /** One that is looked for as it reads, and is not there. */
  @Benchmark
  public boolean words() {
    return words.matches(prompt);
  }

  /** A regular expression. */
  @Benchmark
  public boolean expression() {
    return expression.matches(prompt);
  }
}
