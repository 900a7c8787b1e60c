package com.example.postern.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.example.postern.vault.StandInApi.Reply;
import dev.postern.api.secret.Secret;
import dev.postern.api.secret.SecretException;
import dev.postern.testkit.FakeHopContext;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How long a certificate is used, and by whom. */
final class RenewalTest {
  private final Authority authority = new Authority();
  private final Bench bench = new Bench();
  private final AtomicBoolean sealed = new AtomicBoolean();
  private StandInApi api;

  @BeforeEach
  void startApi() throws IOException {
    StandInApi.Answer signing = Bench.signing(authority);
    api =
        StandInApi.start(
            request ->
                sealed.get()
                    ? Reply.of(503, "{\"errors\":[\"Vault is sealed\"]}")
                    : signing.to(request));
  }

  @AfterEach
  void stopApi() {
    api.close();
  }

  private String description(VaultSshConfig settings, Duration later) throws SecretException {
    FakeHopContext hop = Bench.hop();
    hop.time().advance(later);
    return bench.open(settings, hop).description();
  }

  @Test
  void usesACertificateUntilShortlyBeforeItsEnd() throws Exception {
    VaultSshConfig settings = Bench.settings(api.address());
    assertThat(description(settings, Duration.ZERO)).isEqualTo("certificate 1 of 127.0.0.1");
    assertThat(description(settings, Duration.ofSeconds(3569)))
        .isEqualTo("certificate 1 of 127.0.0.1");
    assertThat(description(settings, Duration.ofSeconds(3570)))
        .isEqualTo("certificate 2 of 127.0.0.1");
    assertThat(api.requests().get(0).body().get("public_key"))
        .as("a new certificate has a new key")
        .isNotEqualTo(api.requests().get(1).body().get("public_key"));
  }

  @Test
  void isSharedByHopsOfTheSameUserWithTheSameToken() throws Exception {
    for (int hop = 0; hop < 50; hop++) {
      description(Bench.settings(api.address()), Duration.ZERO);
    }
    assertThat(api.requests()).hasSize(1);
  }

  @Test
  void isOfOneRoleAndOneToken() throws Exception {
    description(Bench.settings(api.address()), Duration.ZERO);
    description(Bench.settings(api.address(), "admins", Secret.of(Bench.TOKEN)), Duration.ZERO);
    description(
        Bench.settings(api.address(), "developers", Secret.of("hvs.another")), Duration.ZERO);
    assertThat(api.requests()).hasSize(3);
  }

  @Test
  void aRefusalIsNotRemembered() throws Exception {
    VaultSshConfig settings = Bench.settings(api.address());
    sealed.set(true);
    assertThatThrownBy(() -> description(settings, Duration.ZERO))
        .isInstanceOf(SecretException.class);
    sealed.set(false);
    assertThat(description(settings, Duration.ZERO)).isEqualTo("certificate 1 of 127.0.0.1");
  }

  @Test
  void aClockThatWasSetBackGetsANewOne() throws Exception {
    VaultSshConfig settings = Bench.settings(api.address());
    description(settings, Duration.ZERO);
    assertThatThrownBy(() -> description(settings, Duration.ofSeconds(-31)))
        .isInstanceOf(SecretException.class)
        .hasMessage(
            api.url()
                + " gave a certificate that is not valid before 2026-11-24T11:59:30Z, and here it is 2026-11-24T11:59:29Z; set the clocks right");
  }
}
