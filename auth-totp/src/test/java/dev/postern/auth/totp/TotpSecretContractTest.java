package dev.postern.auth.totp;

import dev.postern.testkit.contract.SecretSourceContract;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/** Gives a code, a new one at each read. */
final class TotpSecretContractTest extends SecretSourceContract {
  private static final byte[] SEED = "12345678901234567890".getBytes(StandardCharsets.US_ASCII);

  @Override
  protected TotpSecretProvider provider() {
    return new TotpSecretProvider();
  }

  @Override
  protected String settings() {
    return "secret = GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";
  }

  @Override
  protected Set<String> secrets() {
    return Set.of("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ", "NOT-BASE-32!");
  }

  @Override
  protected String expected() {
    long step = Instant.parse("2026-11-24T12:00:00Z").getEpochSecond() / 30;
    return String.valueOf(Totp.code(SEED, new Parameters(Algorithm.SHA1, 6, 30), step));
  }

  @Override
  protected Optional<String> settingsWithoutSecret() {
    return Optional.of("secret = \"NOT-BASE-32!\"");
  }
}
