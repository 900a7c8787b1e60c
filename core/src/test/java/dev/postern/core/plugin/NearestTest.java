package dev.postern.core.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class NearestTest {
  private static final List<String> KNOWN = List.of("identities", "agent", "passphrase");

  @ParameterizedTest
  @CsvSource({
    "identites, identities",
    "Identities, identities",
    "IDENTITIE, identities",
    "agnet, agent",
    "pass-phrase, passphrase"
  })
  void aSlipFindsItsName(String slip, String meant) {
    assertThat(Nearest.to(slip, KNOWN)).contains(meant);
    assertThat(Nearest.hint(slip, KNOWN)).isEqualTo(" Did you mean '" + meant + "'?");
  }

  @ParameterizedTest
  @CsvSource({"x", "colour", "''", "certificates-of-all-hosts"})
  void whatIsFarFromAllFindsNothing(String other) {
    assertThat(Nearest.to(other, KNOWN)).isEmpty();
    assertThat(Nearest.hint(other, KNOWN)).isEmpty();
  }
}
