package dev.postern.benchmarks.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

final class WrkOutputTest {
  private static final String OUTPUT =
      """
      Running 6s test @ http://127.0.0.1:41001/
        1 threads and 500 connections
        Thread Stats   Avg      Stdev     Max   +/- Stdev
          Latency    11.50ms   12.08ms 209.54ms   97.32%%
          Req/Sec    47.99k     4.77k   55.00k    83.33%%
        Latency Distribution
           50%%   %s
           75%%   10.96ms
           90%%   13.54ms
           99%%   %s
        286541 requests in 6.02s, 55.47MB read
      %sRequests/sec:  47566.81
      Transfer/sec:      9.21MB
      """;

  @Test
  void theRateAndTheTimesAreRead() {
    assertThat(WrkOutput.parse(OUTPUT.formatted("9.51ms", "1.47s", "")))
        .isEqualTo(new WrkOutput(47566.81, 9.51, 1470, 0));
    assertThat(WrkOutput.parse(OUTPUT.formatted("950.00us", "1.10m", "")))
        .isEqualTo(new WrkOutput(47566.81, 0.95, 66_000, 0));
  }

  @Test
  void errorsOfSocketsAreAddedUp() {
    String errors = "  Socket errors: connect 1, read 3610, write 20, timeout 400\n";
    assertThat(WrkOutput.parse(OUTPUT.formatted("9ms", "9ms", errors)).errors()).isEqualTo(4031);
  }

  @Test
  void anythingElseIsRefused() {
    assertThatThrownBy(() -> WrkOutput.parse("unable to connect"))
        .hasMessage("no rate in what wrk said: unable to connect");
  }
}
