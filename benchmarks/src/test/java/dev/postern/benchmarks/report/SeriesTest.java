package dev.postern.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class SeriesTest {
  @Test
  void theMedianOfAnOddNumberIsTheMiddleOne() {
    assertThat(series(9.0, 1.0, 4.0).median()).isEqualTo(4);
  }

  @Test
  void theMedianOfAnEvenNumberIsBetweenTheTwoInTheMiddle() {
    assertThat(series(8.0, 1.0, 2.0, 4.0).median()).isEqualTo(3);
  }

  @Test
  void theSpreadIsFromTheLeastToTheGreatest() {
    Series series = series(9.0, 1.0, 4.0);
    assertThat(series.min()).isEqualTo(1);
    assertThat(series.max()).isEqualTo(9);
  }

  private static Series series(Double... values) {
    return new Series("bulk", "postern", "down", List.of(values));
  }
}
