package dev.postern.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class TableTest {
  @Test
  void aRowForEachPeerWithMediansAndSpread() {
    Results results = new Results();
    results.add("bulk", "postern", "down, MiB/s", 812.4);
    results.add("bulk", "postern", "down, MiB/s", 700);
    results.add("bulk", "postern", "down, MiB/s", 900.7);
    results.add("bulk", "ssh", "down, MiB/s", 61.25);
    results.add("bulk", "ssh", "CPU s/GiB", 0.914);
    results.add("idle", "ssh", "MiB", 1);
    results.leaveOut("bulk", "paramiko", "it has ended");
    results.leaveOut("bulk", "paramiko", "it has ended");
    assertThat(Table.of(results, "bulk"))
        .isEqualTo(
            """
            bulk        down, MiB/s   CPU s/GiB
            postern   812 (700–901)           -
            ssh                61.3        0.91
              left out: paramiko: it has ended
            """);
  }

  @Test
  void aMeasureThatNobodyTookTellsWhy() {
    Results results = new Results();
    results.leaveOut("requests", "everybody", "wrk is not installed");
    assertThat(Table.of(results, "requests"))
        .isEqualTo("requests\n  left out: everybody: wrk is not installed\n");
  }
}
