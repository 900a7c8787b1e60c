package dev.postern.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

final class RoundTripsTest {
  @Test
  void whatIsNoLatencyCancels() {
    double work = 83.5;
    double count = RoundTrips.count(work + 5 * 2 * 25, work + 5 * 2 * 125, 25, 125);
    assertThat(count).isEqualTo(5, Offset.offset(1e-9));
  }
}
