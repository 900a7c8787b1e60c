package dev.postern.auth.totp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postern.api.secret.SecretException;
import dev.postern.api.secret.SecretValue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SeedTest {
  private static final Parameters USUAL = new Parameters(Algorithm.SHA1, 6, 30);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "JBSWY3DPEHPK3PXP",
        " jbsw y3dp\tehpk 3pxp \n",
        "JBSW-Y3DP-EHPK-3PXP",
        "JBSWY3DPEHPK3PXP======",
        "otpauth://totp/Example:alice?secret=JBSWY3DPEHPK3PXP&issuer=Example",
        "otpauth://totp/Big Company: alice@example.com?secret=jbsw y3dp ehpk 3pxp&issuer=Big Company",
        "OTPAUTH://TOTP/alice?SECRET=jbswy3dpehpk3pxp&digits=6&period=30&algorithm=HmacSHA1",
        "otpauth://totp/?issuer=a&secret=JBSWY3DPEHPK3PXP%3D%3D&image=https://example.com/a.png",
        "otpauth://totp/a?secret=JBSW+Y3DP+EHPK+3PXP&flag\n"
      })
  void isReadAsPeopleCopyIt(String text) throws Exception {
    try (Account account = parse(text);
        SecretValue code = account.code(58_653_120L)) {
      assertThat(new String(code.chars())).isEqualTo(CODE_OF_THE_STEP);
      assertThat(account.parameters()).isEqualTo(USUAL);
    }
  }

  /** oathtool says so: {@code oathtool -b --hotp -c 58653120 JBSWY3DPEHPK3PXP}. */
  private static final String CODE_OF_THE_STEP = "320811";

  @Test
  void theUriDecidesOverTheSettings() throws Exception {
    try (Account account =
        parse("otpauth://totp/a?secret=JBSWY3DP&algorithm=SHA-512&digits=8&period=60")) {
      assertThat(account.parameters()).isEqualTo(new Parameters(Algorithm.SHA512, 8, 60));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''|the seed is empty; give it in base32, or as otpauth:// URI",
        "'A'|the seed is empty; give it in base32, or as otpauth:// URI",
        "0189|the seed is not base32: it has a character other than A to Z and 2 to 7",
        "JBSWY3DP!|the seed is not base32: it has a character other than A to Z and 2 to 7",
        "\u0131BSWY3DP|the seed is not base32: it has a character other than A to Z and 2 to 7",
        "otpauth://hotp/a?secret=JBSWY3DP|the otpauth:// URI is not one of a totp account; only otpauth://totp/ is supported",
        "otpauth://totp/a|the otpauth:// URI has no secret",
        "otpauth://totp/a?digits=6|the otpauth:// URI has no secret",
        "otpauth://totp/a?secret=%ZZJBSWY3DP|the seed is not base32: it has a character other than A to Z and 2 to 7",
        "otpauth://totp/a?secret=JBSWY3DP&digits=six|the otpauth:// URI has 'digits' that is no number",
        "otpauth://totp/a?secret=JBSWY3DP&digits=10|the otpauth:// URI cannot be used: digits: 10 is not from 6 to 8",
        "otpauth://totp/a?secret=JBSWY3DP&period=0|the otpauth:// URI cannot be used: period: must be whole seconds, at least one; most servers use 30s",
        "otpauth://totp/a?secret=JBSWY3DP&algorithm=MD5|the otpauth:// URI has an algorithm other than SHA1, SHA256 and SHA512"
      })
  void whatIsNoSeedIsRefusedWithoutShowingIt(String text, String message) {
    assertThatThrownBy(() -> parse(text)).isInstanceOf(SecretException.class).hasMessage(message);
  }

  @Test
  void accountsAreToldApartBySeedAndParameters() throws Exception {
    try (Account one = parse("JBSWY3DP");
        Account same = parse("otpauth://totp/x?secret=jbswy3dp");
        Account longer = parse("otpauth://totp/x?secret=jbswy3dp&digits=8")) {
      assertThat(one.name()).isEqualTo(same.name()).isNotEqualTo(longer.name());
    }
  }

  private static Account parse(String text) throws SecretException {
    try (SecretValue value = SecretValue.of(text)) {
      return Account.parse(value, USUAL);
    }
  }
}
