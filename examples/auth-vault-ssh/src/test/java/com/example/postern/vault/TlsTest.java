package com.example.postern.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.postern.api.auth.Identity;
import dev.postern.api.config.MisconfiguredException;
import dev.postern.api.secret.Secret;
import dev.postern.api.secret.SecretException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The API behind TLS, with a certificate of its own authority. */
final class TlsTest {
  private static final char[] PASSWORD = "changeit".toCharArray();

  @TempDir private Path folder;
  private StandInApi api;
  private Path pem;

  @BeforeEach
  void startApi() throws Exception {
    KeyStore store = keys("ip:127.0.0.1");
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(store, PASSWORD);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), null, null);
    api = StandInApi.startWithTls(context, Bench.signing(new Authority()));
    pem = pem(store);
  }

  @AfterEach
  void stopApi() {
    api.close();
  }

  private KeyStore keys(String name) throws Exception {
    Path file = folder.resolve("keys-" + name.replace(':', '-') + ".p12");
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "api",
                "-keyalg",
                "EC",
                "-dname",
                "CN=stand-in",
                "-ext",
                "san=" + name,
                "-storetype",
                "PKCS12",
                "-storepass",
                "changeit",
                "-keystore",
                file.toString())
            .redirectErrorStream(true)
            .start();
    String output = new String(keytool.getInputStream().readAllBytes());
    assertThat(keytool.waitFor()).as(output).isZero();
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream content = Files.newInputStream(file)) {
      store.load(content, PASSWORD);
    }
    return store;
  }

  private Path pem(KeyStore store) throws Exception {
    String text =
        Base64.getMimeEncoder(64, new byte[] {'\n'})
            .encodeToString(store.getCertificate("api").getEncoded());
    return Files.writeString(
        Files.createTempFile(folder, "ca", ".pem"),
        "-----BEGIN CERTIFICATE-----\n" + text + "\n-----END CERTIFICATE-----\n");
  }

  private Identity open(Optional<Path> caFile) throws SecretException {
    return open(api.address(), caFile);
  }

  private static Identity open(String address, Optional<Path> caFile) throws SecretException {
    VaultSshConfig settings =
        new VaultSshConfig(
            address,
            "ssh-client-signer",
            "developers",
            Secret.of(Bench.TOKEN),
            Optional.empty(),
            List.of(),
            Optional.empty(),
            List.of(),
            caFile,
            Duration.ofSeconds(30));
    return new Bench().open(settings, Bench.hop());
  }

  @Test
  void theAuthorityOfCaFileIsTrusted() throws Exception {
    assertThat(open(Optional.of(pem)).description()).isEqualTo("certificate 1 of 127.0.0.1");
  }

  @Test
  void nobodyElseGetsTheToken() throws Exception {
    assertThat(catchThrowable(() -> open(Optional.empty())))
        .isInstanceOf(SecretException.class)
        .hasMessageStartingWith(
            api.url() + " cannot be asked: its TLS certificate is not trusted or TLS failed (")
        .hasMessageEndingWith("); name a file with its authority in ca-file");
    Path stranger = pem(keys("dns:elsewhere"));
    assertThat(catchThrowable(() -> open(Optional.of(stranger))))
        .isInstanceOf(SecretException.class)
        .hasMessageEndingWith("); are ca-file and the name in address the right ones?");
    String otherName = api.address().replace("127.0.0.1", "localhost");
    assertThat(catchThrowable(() -> open(otherName, Optional.of(pem))))
        .isInstanceOf(SecretException.class)
        .hasMessageContaining("matching localhost found");
    assertThat(api.requests()).isEmpty();
  }

  @Test
  void aCaFileThatIsNone() throws Exception {
    Path missing = folder.resolve("missing.pem");
    assertThat(catchThrowable(() -> open(Optional.of(missing))))
        .isInstanceOf(MisconfiguredException.class)
        .hasMessage("the ca-file '%s' is not there", missing);
    Path empty = Files.createFile(folder.resolve("empty.pem"));
    assertThat(catchThrowable(() -> open(Optional.of(empty))))
        .isInstanceOf(MisconfiguredException.class)
        .hasMessage("the ca-file '%s' has no certificate in it", empty);
    Path wrong = Files.writeString(folder.resolve("wrong.pem"), "hello");
    assertThat(catchThrowable(() -> open(Optional.of(wrong))))
        .isInstanceOf(MisconfiguredException.class)
        .hasMessageStartingWith(
            "the ca-file '%s' is no PEM file with certificates: ".formatted(wrong));
  }
}
