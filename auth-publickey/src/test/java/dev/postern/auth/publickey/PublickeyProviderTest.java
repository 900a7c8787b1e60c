package dev.postern.auth.publickey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postern.api.auth.AuthMethod;
import dev.postern.api.auth.AuthStrategyProvider;
import dev.postern.api.config.MisconfiguredException;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

final class PublickeyProviderTest {
  private final FakeContext context = new FakeContext(Path.of("/home/alice"));

  @Test
  void isFoundByTheServiceLoader() {
    assertThat(ServiceLoader.load(AuthStrategyProvider.class))
        .singleElement()
        .satisfies(
            provider -> {
              assertThat(provider.type()).isEqualTo("publickey");
              assertThat(provider.configType()).isEqualTo(PublickeyConfig.class);
            });
  }

  @Test
  void doesNothingUntilIdentitiesAreWanted() {
    Settings settings = Settings.files(Path.of("/absent")).agent("/absent.sock");

    assertThat(settings.strategy(context).methods()).containsExactly(AuthMethod.PUBLICKEY);
  }

  @Test
  void refusesAnEmptyAgent() {
    assertThatThrownBy(() -> Settings.files().agent("").strategy(context))
        .isInstanceOf(MisconfiguredException.class)
        .hasMessage("agent is empty; expected true, false or a socket");
  }

  @Test
  void hidesThePassphrase() {
    assertThat(Settings.files().passphrase("open sesame").config().toString())
        .contains("***")
        .doesNotContain("sesame");
  }

  /** RFC 8032 section 7.1, test 2. */
  @Test
  void derivesThePublicPartOfAnEd25519Seed() throws Exception {
    byte[] seed =
        HexFormat.of().parseHex("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb");

    assertThat(SigningKeys.ed25519PublicKey(seed))
        .isEqualTo(
            HexFormat.of()
                .parseHex("3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c"));
  }
}
