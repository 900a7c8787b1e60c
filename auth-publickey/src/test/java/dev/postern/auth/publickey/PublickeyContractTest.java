package dev.postern.auth.publickey;

import dev.postern.testkit.contract.AuthStrategyContract;
import dev.postern.testkit.server.EmbeddedServer;
import dev.postern.testkit.server.KeyKind;
import dev.postern.testkit.server.ServerScript;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPair;
import java.util.Base64;
import org.junit.jupiter.api.BeforeEach;

/** Signs in with a key file. */
final class PublickeyContractTest extends AuthStrategyContract {
  private final KeyPair key = KeyKind.ED25519.generate();

  @BeforeEach
  void writeKey() throws IOException {
    Files.createFile(
        file(), PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(
        file(),
        "-----BEGIN PRIVATE KEY-----\n"
            + Base64.getMimeEncoder(64, new byte[] {'\n'})
                .encodeToString(key.getPrivate().getEncoded())
            + "\n-----END PRIVATE KEY-----\n");
  }

  private Path file() {
    return folder().resolve("id_alice");
  }

  @Override
  protected PublickeyProvider provider() {
    return new PublickeyProvider();
  }

  @Override
  protected String settings() {
    return "identities = [\"%s\"], agent = false".formatted(file());
  }

  @Override
  protected ServerScript server() {
    return EmbeddedServer.builder("alice").publicKey(key.getPublic());
  }
}
