package com.example.postern.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.example.postern.vault.StandInApi.Request;
import com.google.gson.JsonParser;
import dev.postern.api.auth.Identity;
import dev.postern.api.secret.Secret;
import dev.postern.testkit.FakeHopContext;
import java.io.IOException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is asked of the API, and what is made of its reply. */
final class SigningTest {
  private final Authority authority = new Authority();

  @Test
  void asksAsTheApiDocumentsIt() throws Exception {
    try (StandInApi api = StandInApi.start(Bench.signing(authority))) {
      new Bench().open(Bench.settings(api.address()), Bench.hop());
      Request request = api.requests().get(0);
      assertThat(request.line()).isEqualTo("POST /v1/ssh-client-signer/sign/developers");
      assertThat(request.header("X-vault-token")).isEqualTo(Bench.TOKEN);
      assertThat(request.header("X-vault-namespace")).isEqualTo("none");
      String key = request.body().get("public_key").getAsString();
      assertThat(key).startsWith("ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI");
      assertThat(request.body())
          .isEqualTo(
              JsonParser.parseString(
                  "{\"public_key\":\"%s\",\"valid_principals\":\"alice\",\"cert_type\":\"user\"}"
                      .formatted(key)));
    }
  }

  @Test
  void asksForAllThatIsSet() throws Exception {
    try (StandInApi api =
        StandInApi.start(
            request ->
                Bench.signed(
                    authority,
                    request,
                    Authority.Terms.user(1, "", Bench.NOW, Bench.NOW.plusSeconds(60))
                        .to(List.of("ops", "deploy"))))) {
      VaultSshConfig settings =
          new VaultSshConfig(
              api.address() + "/proxy/",
              "teams/ssh",
              "on-call@eu",
              Secret.of(Bench.TOKEN),
              Optional.of("orders/prod"),
              List.of("ops", "deploy"),
              Optional.of(Duration.ofMinutes(5)),
              List.of("permit-pty", "permit-port-forwarding"),
              Optional.empty(),
              Duration.ZERO);
      new Bench().open(settings, Bench.hop());
      Request request = api.requests().get(0);
      assertThat(request.line()).isEqualTo("POST /proxy/v1/teams/ssh/sign/on-call@eu");
      assertThat(request.header("X-vault-namespace")).isEqualTo("orders/prod");
      assertThat(request.body().get("valid_principals").getAsString()).isEqualTo("ops,deploy");
      assertThat(request.body().get("ttl").getAsString()).isEqualTo("300s");
      assertThat(request.body().get("extensions"))
          .isEqualTo(
              JsonParser.parseString("{\"permit-pty\":\"\",\"permit-port-forwarding\":\"\"}"));
    }
  }

  @Test
  void offersTheCertificateAndSignsWithItsKey() throws Exception {
    try (StandInApi api = StandInApi.start(Bench.signing(authority))) {
      Identity identity = new Bench().open(Bench.settings(api.address()), Bench.hop());
      assertThat(identity.keyType()).isEqualTo("ssh-ed25519-cert-v01@openssh.com");
      assertThat(identity.description()).isEqualTo("certificate 1 of 127.0.0.1");
      byte[] data = {1, 2, 3};
      WireReader signature = new WireReader(identity.sign(identity.algorithms().get(0), data));
      assertThat(signature.text()).isEqualTo("ssh-ed25519");
      assertThat(isSignature(signature.string(), data, api.requests().get(0).point())).isTrue();
      assertThatThrownBy(() -> identity.sign("ssh-ed25519", data))
          .isInstanceOf(IOException.class)
          .hasMessage("certificate 1 of 127.0.0.1 cannot sign with ssh-ed25519");
    }
  }

  private static boolean isSignature(byte[] signature, byte[] data, byte[] point) throws Exception {
    byte[] encoded =
        HexFormat.of().parseHex("302a300506032b6570032100" + HexFormat.of().formatHex(point));
    PublicKey key =
        KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded));
    Signature verifier = Signature.getInstance("Ed25519");
    verifier.initVerify(key);
    verifier.update(data);
    return verifier.verify(signature);
  }

  @Test
  void notesWhatWasSignedByWhom() throws Exception {
    try (StandInApi api = StandInApi.start(Bench.signing(authority))) {
      Bench bench = new Bench();
      FakeHopContext first = Bench.hop();
      FakeHopContext second = Bench.hop();
      Identity identity = bench.open(Bench.settings(api.address()), first);
      bench.open(Bench.settings(api.address()), second);
      String fingerprint = ((CertifiedKey) identity).certificate().authority();
      assertThat(fingerprint).matches("SHA256:[A-Za-z0-9+/]{43}");
      assertThat(first.notes())
          .containsExactly(
              "%s signed a certificate for alice: serial 1, by the authority %s, valid until 2026-11-24T13:00:00Z"
                  .formatted(api.url(), fingerprint));
      assertThat(second.notes())
          .containsExactly("uses the certificate 1 of 127.0.0.1, valid until 2026-11-24T13:00:00Z");
    }
  }
}
