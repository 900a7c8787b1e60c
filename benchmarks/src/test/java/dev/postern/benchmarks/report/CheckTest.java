package dev.postern.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class CheckTest {
  private final Results results = new Results();

  CheckTest() {
    results.add("bulk", "postern", "down", 90);
    results.add("bulk", "mina", "down", 100);
  }

  @Test
  void aRatioIsOursByTheirs() {
    Check check = Check.least(results, "bulk", "postern", "down", 0.9, "mina");
    assertThat(check.holds()).isTrue();
    assertThat(check).hasToString("ok    postern / mina, bulk, down: 0.90 (at least 0.90)");
  }

  @Test
  void whatPassesTheBoundFails() {
    Check check = Check.most(results, "bulk", "postern", "down", 0.89, "mina");
    assertThat(check.holds()).isFalse();
    assertThat(check).hasToString("FAIL  postern / mina, bulk, down: 0.90 (at most 0.89)");
  }

  @Test
  void aFigureMayHaveABoundOfItsOwn() {
    assertThat(Check.most(results, "bulk", "postern", "down", 90).holds()).isTrue();
    assertThat(Check.most(results, "bulk", "postern", "down", 89).holds()).isFalse();
  }

  @Test
  void whatWasNotMeasuredFailsEitherWay() {
    assertThat(Check.most(results, "bulk", "postern", "up", 1, "mina").holds()).isFalse();
    assertThat(Check.least(results, "bulk", "postern", "up", 1, "mina").holds()).isFalse();
  }
}
