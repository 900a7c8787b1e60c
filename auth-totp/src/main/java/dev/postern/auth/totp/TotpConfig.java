package dev.postern.auth.totp;

import dev.postern.api.auth.PromptPattern;
import dev.postern.api.config.Default;
import dev.postern.api.config.Doc;
import dev.postern.api.secret.Secret;
import java.time.Duration;
import java.util.Optional;

/** The settings of the strategy {@code totp}. */
@Doc("Answers prompts for a code with one of RFC 6238.")
public record TotpConfig(
    @Doc(
            "The account's seed in base32, or its otpauth:// URI, whose parameters win over those beside it.")
        Secret secret,
    @Default("sha1") @Doc("The hash.") Algorithm algorithm,
    @Default("6") @Doc(value = "The length of a code, 6 to 8.", example = "8") int digits,
    @Default("30s") @Doc(value = "How long a code is valid.", example = "60s") Duration period,
    @Doc(
            value =
                "The prompts to answer, in place of those that ask for a code in the usual words.",
            example = "\"Kode: \"")
        Optional<PromptPattern> ask) {
  /** Checks the values. */
  public TotpConfig {
    Parameters.check(digits, period);
  }

  Parameters parameters() {
    return new Parameters(algorithm, digits, period.toSeconds());
  }
}
