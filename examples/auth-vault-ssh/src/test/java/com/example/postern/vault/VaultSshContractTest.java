package com.example.postern.vault;

import dev.postern.testkit.contract.AuthStrategyContract;
import dev.postern.testkit.server.CertificateAuthority;
import dev.postern.testkit.server.EmbeddedServer;
import dev.postern.testkit.server.ServerScript;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.time.Instant;
import java.util.HexFormat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** What every strategy keeps to, and that a server which trusts the authority lets it in. */
final class VaultSshContractTest extends AuthStrategyContract {
  private final CertificateAuthority authority = new CertificateAuthority();
  private StandInApi api;

  @BeforeEach
  void startApi() throws IOException {
    api =
        StandInApi.start(
            request ->
                StandInApi.Reply.signed(
                    authority.userCertificate(
                        publicKey(request.point()),
                        request.body().get("valid_principals").getAsString(),
                        Instant.now().plusSeconds(3600))));
  }

  @AfterEach
  void stopApi() {
    api.close();
  }

  private static PublicKey publicKey(byte[] point) throws GeneralSecurityException {
    byte[] header = HexFormat.of().parseHex("302a300506032b6570032100");
    byte[] encoded = new byte[header.length + point.length];
    System.arraycopy(header, 0, encoded, 0, header.length);
    System.arraycopy(point, 0, encoded, header.length, point.length);
    return KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded));
  }

  @Override
  protected VaultSshProvider provider() {
    return new VaultSshProvider();
  }

  @Override
  protected String settings() {
    return "address = \"%s\", role = developers, token = hvs.not-to-be-shown"
        .formatted(api.address());
  }

  @Override
  protected ServerScript server() {
    return EmbeddedServer.builder("alice").certificateOf(authority);
  }
}
