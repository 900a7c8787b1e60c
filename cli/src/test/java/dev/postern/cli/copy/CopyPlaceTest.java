package dev.postern.cli.copy;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CopyPlaceTest {
  @ParameterizedTest
  @CsvSource({
    "db:x, db, x",
    "db:, db, ''",
    "u@h:/a:b, u@h, /a:b",
    "[::1]:x, [::1], x",
    "u@[::1]:x, u@[::1], x",
    "scp://u@h:22/x, ssh://u@h:22, x",
    "scp://h//x, ssh://h, /x",
    "scp://h, ssh://h, ''",
    "./a:b, '', ./a:b",
    "/a:b, '', /a:b",
    ":a, '', :a",
    "a, '', a"
  })
  void isReadAsScpReadsIt(String text, String destination, String path) {
    assertThat(CopyPlace.parse(text)).isEqualTo(new CopyPlace(destination, path));
  }

  @Test
  void oneFileIsShownWithItsNameBytesRateAndWhatRemains() {
    CopyState state = new CopyState();
    state.started("dir/fi\u001ble", 10 << 20, 0);
    state.progressed("dir/fi\u001ble", 5 << 20);
    assertThat(state.line(Duration.ofSeconds(5), 60))
        .hasSize(59)
        .startsWith("dir/fi\\x1ble")
        .endsWith("   50%  5.0 MiB  1.0 MiB/s  00:05");
    assertThat(state.line(Duration.ofSeconds(5), 20)).isEqualTo("50%  5.0 MiB  1.0 MiB/s  00:05");
  }

  @Test
  void manyAreCounted() {
    CopyState state = new CopyState();
    state.started("a", 1, 0);
    state.progressed("a", 1);
    state.finished("a");
    state.started("b", 0, 0);
    assertThat(state.line(Duration.ofSeconds(1), 60))
        .startsWith("1 done, 1 under way  b ")
        .endsWith("  1 B  1 B/s  --:--");
    assertThat(state.summary(Duration.ofSeconds(1))).isEqualTo("1 file, 1 B in 00:01 (1 B/s)");
  }

  @Test
  void bytesThatAreNoTextAreEscapedInJson() {
    assertThat(CopyEvents.printable("{\"a\":\"x\udcff😀\"}")).isEqualTo("{\"a\":\"x\\udcff😀\"}");
  }
}
