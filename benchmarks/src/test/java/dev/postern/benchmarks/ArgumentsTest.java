package dev.postern.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class ArgumentsTest {
  private static final Path HOME = Path.of("/checkout");

  @Test
  void withoutWordsEverythingIsMeasured() {
    assertThat(parse())
        .contains(new Arguments(HOME, false, Optional.empty(), List.of(), List.of()));
  }

  @Test
  void measuresPeersAndFolderAreTaken() {
    assertThat(
            parse(
                "--quick", "bulk", "--peers", "postern,ssh curve25519", "--results", "out", "idle"))
        .contains(
            new Arguments(
                HOME,
                true,
                Optional.of(Path.of("out")),
                List.of("bulk", "idle"),
                List.of("postern", "ssh curve25519")));
  }

  @Test
  void whatIsNoMeasureIsRefused() {
    assertThat(parse("bulky")).isEmpty();
    assertThat(parse("--help")).isEmpty();
    assertThat(parse("--results")).isEmpty();
  }

  private static Optional<Arguments> parse(String... words) {
    List<String> all = new ArrayList<>(List.of(HOME.toString()));
    all.addAll(List.of(words));
    return Arguments.parse(all, List.of("bulk", "idle"));
  }
}
