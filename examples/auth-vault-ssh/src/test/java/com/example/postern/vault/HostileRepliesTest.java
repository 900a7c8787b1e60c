package com.example.postern.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.example.postern.vault.Authority.Terms;
import com.example.postern.vault.StandInApi.Reply;
import dev.postern.api.secret.Secret;
import dev.postern.api.secret.SecretException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Replies that no honest API gives: nothing of them is used. */
final class HostileRepliesTest {
  private final Authority authority = new Authority();
  private final Terms right =
      Terms.user(1, "alice", Bench.NOW.minusSeconds(30), Bench.NOW.plusSeconds(3600));

  /** What is said after the URL. */
  private static String complaint(StandInApi.Answer answer) throws Exception {
    try (StandInApi api = StandInApi.start(answer)) {
      Throwable failure =
          catchThrowable(() -> new Bench().open(Bench.settings(api.address()), Bench.hop()));
      assertThat(failure).isInstanceOf(SecretException.class).hasMessageStartingWith(api.url());
      return failure.getMessage().substring(api.url().length() + 1);
    }
  }

  private String complaint(Terms terms) throws Exception {
    return complaint(request -> Bench.signed(authority, request, terms));
  }

  @Test
  void noReplyOfThisApi() throws Exception {
    for (String body :
        List.of(
            "",
            "hello",
            "[]",
            "{}",
            "{\"data\":[]}",
            "{\"data\":{\"signed_key\":7}}",
            "{\"data\":{\"signed_key\":null}}",
            "[".repeat(100_000))) {
      assertThat(complaint(request -> Reply.of(200, body)))
          .isEqualTo("replied without data.signed_key; is it such an API?");
    }
  }

  @Test
  void aReplyWithoutEnd() throws Exception {
    String body = " ".repeat(LimitedBody.LIMIT + 1);
    assertThat(complaint(request -> Reply.of(200, body)))
        .isEqualTo("cannot be asked: its reply is longer than 256 KiB");
  }

  @Test
  void aReplyThatNeverEnds() throws Exception {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      CompletableFuture<Socket> accepted = CompletableFuture.supplyAsync(() -> begin(server));
      VaultSshConfig config = Bench.settings("http://127.0.0.1:" + server.getLocalPort());
      try (Token token = Token.read(Secret.of(Bench.TOKEN))) {
        Signing signing = Signing.of(config, List.of("alice"), token);
        SigningApi api = new SigningApi(signing, Duration.ofSeconds(1));
        assertThat(catchThrowable(() -> api.sign(EphemeralKey.generate(), token)))
            .isInstanceOf(SecretException.class)
            .hasMessage(signing.url() + " did not reply in 1 seconds; is the API well?");
      }
      try (Socket socket = accepted.get()) {
        socket.setSoTimeout(10_000);
        InputStream input = socket.getInputStream();
        assertThat(hungUp(input)).as("the connection is let go").isTrue();
      }
    }
  }

  private static Socket begin(ServerSocket server) {
    try {
      Socket socket = server.accept();
      socket
          .getOutputStream()
          .write(
              "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{".getBytes(StandardCharsets.UTF_8));
      return socket;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean hungUp(InputStream input) {
    try {
      input.transferTo(OutputStream.nullOutputStream());
      return true;
    } catch (SocketTimeoutException e) {
      return false;
    } catch (IOException e) {
      return true;
    }
  }

  @Test
  void aCertificateForAnotherKey() throws Exception {
    assertThat(complaint(request -> Reply.signed(authority.certify(new byte[32], right))))
        .isEqualTo("gave a certificate for another key than the one it was sent");
  }

  @Test
  void aHostCertificate() throws Exception {
    assertThat(complaint(right.of(2)))
        .isEqualTo(
            "gave a host certificate; take a role with allow_user_certificates for signing in");
  }

  @Test
  void aCertificateForSomebodyElse() throws Exception {
    assertThat(complaint(right.to(List.of("bob", "ev\u001b[2Jil"))))
        .isEqualTo(
            "gave a certificate for bob, ev [2Jil and not for alice; look at allowed_users of the role, or set principals");
    assertThat(complaint(right.to(List.of())))
        .isEqualTo(
            "gave a certificate without principals, which servers refuse; look at allowed_users of the role");
  }

  @Test
  void aCertificateThatHasEnded() throws Exception {
    assertThat(complaint(Terms.user(1, "alice", Bench.NOW.minusSeconds(60), Bench.NOW)))
        .isEqualTo(
            "gave a certificate that ended at 2026-11-24T12:00:00Z, and here it is 2026-11-24T12:00:00Z; set the clocks right, or raise the ttl");
  }

  @Test
  void whatIsNoCertificate() throws Exception {
    assertThat(complaint(request -> Reply.signed("")))
        .isEqualTo("gave no ed25519 certificate: it is of the type ''");
    assertThat(complaint(request -> Reply.signed(request.body().get("public_key").getAsString())))
        .isEqualTo("gave no ed25519 certificate: it is of the type 'ssh-ed25519'");
    assertThat(complaint(request -> Reply.signed(Certificate.TYPE + " !!")))
        .startsWith("gave no ed25519 certificate: Illegal base64 character");
    assertThat(complaint(request -> Reply.signed(Certificate.TYPE + " AAAA")))
        .isEqualTo("gave no ed25519 certificate: it ends too early");
    assertThat(complaint(request -> Reply.signed(Certificate.TYPE + " /////w==")))
        .isEqualTo("gave no ed25519 certificate: it ends too early");
  }

  @Test
  void aCertificateThatIsCutOrContinued() throws Exception {
    assertThat(complaint(request -> Reply.signed(changed(request.point(), -1))))
        .isEqualTo("gave no ed25519 certificate: it ends too early");
    assertThat(complaint(request -> Reply.signed(changed(request.point(), 1))))
        .isEqualTo("gave no ed25519 certificate: something follows it");
  }

  private String changed(byte[] point, int difference) {
    byte[] blob = Base64.getDecoder().decode(authority.certify(point, right).strip().split(" ")[1]);
    byte[] other = Arrays.copyOf(blob, blob.length + difference);
    return Certificate.TYPE + " " + Base64.getEncoder().encodeToString(other);
  }
}
