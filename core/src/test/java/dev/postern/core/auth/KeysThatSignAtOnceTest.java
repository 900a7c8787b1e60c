package dev.postern.core.auth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.core.auth.ServerMessage.Failure;
import dev.postern.core.auth.ServerMessage.KeyAcceptable;
import dev.postern.core.auth.ServerMessage.Ready;
import dev.postern.core.auth.ServerMessage.Success;
import dev.postern.core.hop.HopFailure;
import dev.postern.problem.Code;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Keys whose signature costs nobody anything: the first request carries it. */
final class KeysThatSignAtOnceTest extends EngineRig {
  @Test
  void theFirstRequestIsSigned() throws Exception {
    assertThat(play(plan(Scripted.openKeys("a")), new Ready(), new Success()))
        .isEqualTo("sign a, in");
  }

  @Test
  void aRefusedOneIsFollowedByTheNext() throws Exception {
    assertThat(
            play(
                plan(Scripted.openKeys("a", "b")), new Ready(), offers("publickey"), new Success()))
        .isEqualTo("sign a, sign b, in");
  }

  @Test
  void oneThatComesTooEarlyWaitsForItsTurn() throws Exception {
    assertThat(
            play(
                plan(Scripted.openKeys("a"), Scripted.password("pw")),
                new Ready(),
                offers("password"),
                new Failure(List.of("publickey"), true),
                new Success()))
        .isEqualTo("sign a, password pw, sign a, in");
  }

  @Test
  void itsPartialSuccessIsAStep() throws Exception {
    assertThat(
            play(
                plan(Scripted.openKeys("a"), Scripted.codes("123456")),
                new Ready(),
                new Failure(List.of("keyboard-interactive"), true),
                asks("Verification code: "),
                new Success()))
        .isEqualTo("sign a, converse, answer 123456, in");
  }

  @Test
  void aServerThatAsksForTheSignatureItHasIsHostile() {
    HopFailure failure =
        fails(plan(Scripted.openKeys("a")), new Ready(), new KeyAcceptable(), new Success());
    assertThat(failure.code()).isEqualTo(Code.AUTH_HOSTILE);
    assertThat(failure.sentence())
        .isEqualTo(
            "the server sent KeyAcceptable, which has no place here (waiting for the signature of publickey ssh-ed25519 SHA256:ypeBEsobvcr6wjGzmiPcTaeG7/gUfE5yuYB3ha/uSLs from a, or for the verdict on it)");
  }
}
