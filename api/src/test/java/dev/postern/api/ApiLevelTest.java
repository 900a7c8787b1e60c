package dev.postern.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ApiLevelTest {
  @Test
  void isTheMajorAndMinorOfTheVersionOfTheApi() {
    String version = System.getProperty("api.version", "");
    assertThat(version)
        .as("ApiLevel.CURRENT is %s; it must be what api/pom.xml says", ApiLevel.current())
        .startsWith(ApiLevel.current() + ".");
  }

  @ParameterizedTest
  @CsvSource({"1.0, true", "1.2, true", "1.3, false", "1.10, false", "0.9, false", "2.0, false"})
  void acceptsTheSameMajorAndAnEarlierOrEqualMinor(String wanted, boolean accepted) {
    assertThat(new ApiLevel(1, 2).accepts(ApiLevel.parse(wanted))).isEqualTo(accepted);
  }

  @Test
  void readsWhatItWrites() {
    assertThat(ApiLevel.parse("12.34")).isEqualTo(new ApiLevel(12, 34)).hasToString("12.34");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "1", "1.", "1.0.0", "-1.0", "1.x", " 1.0", "1.99999999"})
  void refusesWhatIsNoLevel(String text) {
    assertThatThrownBy(() -> ApiLevel.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("'" + text + "' is not a level such as 1.0");
  }
}
