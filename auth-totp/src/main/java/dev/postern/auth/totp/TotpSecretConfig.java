package dev.postern.auth.totp;

import dev.postern.api.config.Default;
import dev.postern.api.config.Doc;
import dev.postern.api.secret.Secret;
import java.time.Duration;

/** The settings of the secret source {@code totp}. */
@Doc("A secret that is a code of RFC 6238, a new one at each use.")
public record TotpSecretConfig(
    @Doc(
            "The account's seed in base32, or its otpauth:// URI, whose parameters win over those beside it.")
        Secret secret,
    @Default("sha1") @Doc("The hash.") Algorithm algorithm,
    @Default("6") @Doc(value = "The length of a code, 6 to 8.", example = "8") int digits,
    @Default("30s") @Doc(value = "How long a code is valid.", example = "60s") Duration period) {
  /** Checks the values. */
  public TotpSecretConfig {
    Parameters.check(digits, period);
  }

  Parameters parameters() {
    return new Parameters(algorithm, digits, period.toSeconds());
  }
}
