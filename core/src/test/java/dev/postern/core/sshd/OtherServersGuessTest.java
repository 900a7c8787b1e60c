package dev.postern.core.sshd;

import static dev.postern.core.sshd.Rig.failure;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.circuit.Phase;
import dev.postern.core.auth.ClientMove;
import dev.postern.core.auth.ServerMessage;
import dev.postern.core.hop.HopFailure;
import dev.postern.problem.Code;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Guesses at the key exchange of Dropbear and tinysshd: what counts is that we come to sign in. */
@Timeout(60)
final class OtherServersGuessTest {
  private static final String CURVE = "curve25519-sha256";
  private static final String NIST = "ecdh-sha2-nistp256";
  private static final String ANEW =
      "1 connect: connecting anew, without a guess at the key exchange";

  @TempDir Path folder;
  private Rig rig;

  @BeforeEach
  void setUp() {
    rig = new Rig();
    rig.proposeCurves();
    rig.hostKeys = new Knowing("ssh-ed25519");
  }

  @AfterEach
  void tearDown() {
    rig.close();
  }

  @Test
  void dropbearTakesARightGuess() throws Exception {
    try (OtherServer server = OtherServer.dropbear(folder, "ed25519")) {
      comeToSignIn(server, CURVE);

      assertThat(exchange()).contains("; curve25519-sha256 (guessed), ssh-ed25519, ");
    }
  }

  @Test
  void dropbearDropsAGuessThatBeginsWithAnotherHostKey() throws Exception {
    rig.hostKeys = new Knowing("ecdsa-sha2-nistp256");
    rig.memory = Remembering.of(CURVE, "ecdsa-sha2-nistp256");
    try (OtherServer server = OtherServer.dropbear(folder, "ed25519", "ecdsa")) {
      comeToSignIn(server);

      assertThat(exchange()).contains("; curve25519-sha256, ecdsa-sha2-nistp256, ");
      assertThat(rig.trail).doesNotContain(ANEW);
    }
  }

  @Test
  void dropbearIsNotWeakenedByAnOldMemory() throws Exception {
    try (OtherServer server = OtherServer.dropbear(folder, "ed25519")) {
      comeToSignIn(server, NIST);

      assertThat(exchange()).contains("; curve25519-sha256, ssh-ed25519, ");
      assertThat(rig.trail).contains(ANEW);
    }
  }

  @Test
  void tinysshdTakesARightGuess() throws Exception {
    try (OtherServer server = OtherServer.tinysshd(folder, "-P")) {
      comeToSignIn(server, CURVE);

      assertThat(exchange()).contains("; curve25519-sha256 (guessed), ssh-ed25519, ");
    }
  }

  /** It has no key of the type that we put first, and takes the guess all the same. */
  @Test
  void tinysshdGoesByOurFirstExchangeAlone() throws Exception {
    rig.hostKeys = new Knowing("ecdsa-sha2-nistp256", "ssh-ed25519");
    rig.memory = Remembering.of(CURVE, "ecdsa-sha2-nistp256");
    try (OtherServer server = OtherServer.tinysshd(folder)) {
      comeToSignIn(server);

      assertThat(exchange()).contains("; curve25519-sha256 (guessed), ssh-ed25519, ");
      assertThat(rig.trail).doesNotContain(ANEW);
    }
  }

  @Test
  void tinysshdDropsAGuessThatItDoesNotKnow() throws Exception {
    try (OtherServer server = OtherServer.tinysshd(folder, "-P")) {
      comeToSignIn(server, NIST);

      assertThat(exchange()).contains("; curve25519-sha256, ssh-ed25519, ");
    }
  }

  private void comeToSignIn(OtherServer server, String keyExchange) {
    rig.memory = Remembering.of(keyExchange, "ssh-ed25519");
    comeToSignIn(server);
  }

  private void comeToSignIn(OtherServer server) {
    ScriptedEngine engine =
        new ScriptedEngine(
            message -> {
              if (message instanceof ServerMessage.Failure) {
                throw new HopFailure(Code.AUTH_DENIED, Phase.AUTH, "nobody is let in");
              }
              return new ClientMove.AskMethods();
            });

    assertThat(failure(rig.dial(server.port(), engine)).sentence()).isEqualTo("nobody is let in");
  }

  private String exchange() {
    List<String> exchanges =
        rig.trail.stream().filter(entry -> entry.startsWith("1 host-key: SSH-2.0-")).toList();
    assertThat(exchanges).hasSize(1);
    return exchanges.get(0);
  }
}
