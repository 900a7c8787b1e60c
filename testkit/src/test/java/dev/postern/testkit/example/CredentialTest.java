package dev.postern.testkit.example;

import dev.postern.testkit.contract.SecretSourceContract;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;

final class CredentialTest extends SecretSourceContract {
  @BeforeEach
  void handOver() throws IOException {
    Files.writeString(folder().resolve("db-password"), "open sesame");
  }

  @Override
  protected CredentialProvider provider() {
    return new CredentialProvider();
  }

  @Override
  protected String settings() {
    return "credential = db-password";
  }

  @Override
  protected Map<String, String> environment() {
    return Map.of("CREDENTIALS_DIRECTORY", folder().toString());
  }

  @Override
  protected String expected() {
    return "open sesame";
  }

  @Override
  protected Optional<String> settingsWithoutSecret() {
    return Optional.of("credential = another");
  }
}
