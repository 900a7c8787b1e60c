package dev.postern.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class JsonTest {
  @Test
  void hasTheMachineAndEveryValue() {
    Results results = new Results();
    results.add("bulk", "postern", "down, MiB/s", 3.00049);
    results.add("bulk", "postern", "down, MiB/s", 1);
    results.leaveOut("requests", "everybody", "wrk is not installed");
    Config read =
        ConfigFactory.parseString(Json.of(results, true, Map.of("cores", 2), Map.of("java", "17")));
    assertThat(read.getInt("machine.cores")).isEqualTo(2);
    assertThat(read.getString("versions.java")).isEqualTo("17");
    assertThat(read.getString("mode")).isEqualTo("quick");
    Config figure = read.getConfigList("figures").get(0);
    assertThat(figure.getString("measure")).isEqualTo("bulk");
    assertThat(figure.getString("peer")).isEqualTo("postern");
    assertThat(figure.getString("figure")).isEqualTo("down, MiB/s");
    assertThat(figure.getDouble("median")).isEqualTo(2);
    assertThat(figure.getDouble("min")).isEqualTo(1);
    assertThat(figure.getDouble("max")).isEqualTo(3);
    assertThat(figure.getDoubleList("values")).containsExactly(3.0, 1.0);
    assertThat(read.getConfigList("left-out").get(0).getString("reason"))
        .isEqualTo("wrk is not installed");
  }
}
