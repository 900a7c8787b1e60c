package dev.postern.integration.signatures;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.api.ApiLevel;
import dev.postern.testkit.FakeTime;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Holds api and testkit to their recorded signatures. To record: {@code mvn -pl integration-tests
 * -am test -Dtest=SignaturesTest -Dsurefire.failIfNoSpecifiedTests=false -Drecord-signatures}.
 */
final class SignaturesTest {
  private static final String HOW =
      "record it with: mvn -pl integration-tests -am test -Dtest=SignaturesTest -Dsurefire.failIfNoSpecifiedTests=false -Drecord-signatures";

  /** What core makes and plugins only use. */
  private static final Set<String> OURS =
      Set.of(
          "dev.postern.api.hop.HopContext",
          "dev.postern.api.hop.OneTimeCodes",
          "dev.postern.api.hop.Person",
          "dev.postern.api.hop.PluginContext",
          "dev.postern.api.hop.Time",
          "dev.postern.api.transport.Link",
          "dev.postern.api.transport.Link$ThroughHop",
          "dev.postern.api.transport.PreviousHop");

  static Stream<RecordedModule> modules() {
    return Stream.of(
        new RecordedModule("api", ApiLevel.class), new RecordedModule("testkit", FakeTime.class));
  }

  @ParameterizedTest
  @MethodSource("modules")
  void areAsRecorded(RecordedModule module) throws IOException {
    ApiLevel level = module.level();
    if (System.getProperty("record-signatures") != null && !module.isReleased(level)) {
      module.record();
    }
    Comparison change = Comparison.of(module.recorded(level), module.current(), OURS);
    String advice =
        module.isReleased(level)
            ? "level %s is released; raise the minor of %s's version for an addition, the major for a break, then "
                    .formatted(level, module)
                + HOW
            : HOW;
    assertThat(Stream.concat(change.breaks().stream(), change.additions().stream()))
        .as("the signatures of %s are not those of %s; %s", module, module.file(level), advice)
        .isEmpty();
    assertThat(module.current())
        .as("%s has another order; %s", module.file(level), HOW)
        .isEqualTo(module.recorded(level));
  }

  @ParameterizedTest
  @MethodSource("modules")
  void breakNothingOfAnEarlierLevelOfTheSameMajor(RecordedModule module) {
    for (ApiLevel earlier : module.earlier()) {
      List<String> breaks =
          Comparison.of(module.recorded(earlier), module.current(), OURS).breaks();
      assertThat(breaks)
          .as(
              "plugins made for %s %s break; take it back, or raise the major of %s's version",
              module, earlier, module)
          .isEmpty();
      assertThat(module.isReleased(earlier))
          .as(
              "%s must begin with: %s",
              module.file(earlier), RecordedModule.RELEASED.formatted(earlier))
          .isTrue();
    }
  }
}
