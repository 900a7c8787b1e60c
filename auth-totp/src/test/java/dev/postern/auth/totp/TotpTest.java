package dev.postern.auth.totp;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The vectors of RFC 6238, appendix B. */
final class TotpTest {
  @ParameterizedTest
  @CsvSource({
    "59, 94287082, 46119246, 90693936",
    "1111111109, 07081804, 68084774, 25091201",
    "1111111111, 14050471, 67062674, 99943326",
    "1234567890, 89005924, 91819424, 93441116",
    "2000000000, 69279037, 90698825, 38618901",
    "20000000000, 65353130, 77737706, 47863826"
  })
  void codesAreThoseOfTheStandard(long seconds, String sha1, String sha256, String sha512) {
    assertThat(code(Algorithm.SHA1, 20, seconds)).isEqualTo(sha1);
    assertThat(code(Algorithm.SHA256, 32, seconds)).isEqualTo(sha256);
    assertThat(code(Algorithm.SHA512, 64, seconds)).isEqualTo(sha512);
  }

  private static String code(Algorithm algorithm, int seedLength, long seconds) {
    byte[] seed = "1234567890".repeat(7).substring(0, seedLength).getBytes(US_ASCII);
    return new String(Totp.code(seed, new Parameters(algorithm, 8, 30), seconds / 30));
  }
}
