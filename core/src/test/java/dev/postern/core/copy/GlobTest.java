package dev.postern.core.copy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class GlobTest {
  @ParameterizedTest
  @CsvSource({
    "*, a, true",
    "*, .a, false",
    ".*, .a, true",
    "a*b*c, axxbyyc, true",
    "a*b*c, axxbyy, false",
    "?, ü, true",
    "?, ab, false",
    "[a-c]x, bx, true",
    "[!a-c]x, bx, false",
    "[]]x, ]x, true",
    "[a, [a, true",
    "\\*, *, true",
    "\\*, a, false",
    "a\\[b, a[b, true",
    "*.log, a.log, true",
    "*.log, a.log.gz, false",
    "**, abc, true"
  })
  void matchesAsTheShellDoes(String pattern, String name, boolean expected) {
    assertThat(Glob.matches(pattern, name)).isEqualTo(expected);
  }

  @Test
  void manyStarsTakeNoTime() {
    assertThat(Glob.matches("*a".repeat(60) + "b", "a".repeat(4_000))).isFalse();
  }

  @Test
  void aPatternWithoutWildcardsIsItsText() {
    assertThat(Glob.hasWildcard("a\\*b")).isFalse();
    assertThat(Glob.literal("a\\*b\\\\")).isEqualTo("a*b\\");
  }
}
