package dev.postern.core.sshd;

import static dev.postern.core.sshd.ChannelRig.failure;
import static dev.postern.core.sshd.ChannelRig.get;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.postern.api.hop.Endpoint;
import dev.postern.circuit.Phase;
import dev.postern.circuit.TcpStream;
import dev.postern.core.hop.HopFailure;
import dev.postern.problem.Code;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Arrays;
import java.util.Random;
import org.apache.sshd.server.forward.RejectAllForwardingFilter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class TcpStreamsTest {
  private static final String LOST =
      "hop 1/1 app@127.0.0.1 remote: the link was lost: test [PST-T009]";
  private EmbeddedServer server;
  private ChannelRig rig;

  @BeforeEach
  void connect() throws Exception {
    server = EmbeddedServer.start();
    rig = ChannelRig.to(server);
  }

  @AfterEach
  void disconnect() throws Exception {
    rig.close();
    server.close();
  }

  @Test
  void bytesGoBothWaysAndTheEndFollows() throws Exception {
    byte[] data = new byte[10 << 20];
    new Random(3).nextBytes(data);
    try (LoopbackTarget echo = LoopbackTarget.echo();
        TcpStream stream = get(rig.channels.openTcp(echo.endpoint()))) {
      rig.blocking.submit(
          () -> {
            stream.output().write(data);
            stream.output().close();
            return true;
          });

      assertThat(Arrays.equals(stream.input().readAllBytes(), data)).isTrue();
    }
  }

  @Test
  void aHalfClosedStreamStillReads() throws Exception {
    try (LoopbackTarget target =
            LoopbackTarget.serving(
                socket -> {
                  byte[] asked = socket.getInputStream().readAllBytes();
                  socket.getOutputStream().write(("got " + asked.length).getBytes(UTF_8));
                });
        TcpStream stream = get(rig.channels.openTcp(target.endpoint()))) {
      stream.output().write(new byte[5]);
      stream.output().close();

      assertThat(stream.input().readAllBytes()).asString(UTF_8).isEqualTo("got 5");
      assertThatThrownBy(() -> stream.output().write(1)).hasMessage("the stream is closed");
    }
  }

  @Test
  void aRefusedTargetSaysWhichHopSaidWhat() throws Exception {
    Endpoint nobody;
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      nobody = new Endpoint("127.0.0.1", taken.getLocalPort());
    }
    HopFailure failure = failure(rig.channels.openTcp(nobody));

    assertThat(failure.code()).isEqualTo(Code.HOP_CANNOT_REACH);
    assertThat(failure.phase()).isEqualTo(Phase.CHANNEL);
    assertThat(failure.sentence())
        .startsWith("hop 1/1 app@127.0.0.1 cannot reach " + nobody + " (it said: \"");
  }

  @Test
  void aProhibitedTargetSaysSo() throws Exception {
    server.server().setForwardingFilter(RejectAllForwardingFilter.INSTANCE);

    HopFailure failure = failure(rig.channels.openTcp(new Endpoint("db.internal", 5432)));

    assertThat(failure.code()).isEqualTo(Code.FORWARDING_PROHIBITED);
    assertThat(failure.phase()).isEqualTo(Phase.CHANNEL);
    assertThat(failure.sentence())
        .startsWith("hop 1/1 app@127.0.0.1 forbids forwarding to db.internal:5432 (it said: \"");
  }

  @Test
  void theLossOfTheLinkIsNoEndOfFile() throws Exception {
    try (LoopbackTarget echo = LoopbackTarget.echo();
        TcpStream stream = get(rig.channels.openTcp(echo.endpoint()))) {
      stream.output().write(7);
      await().until(() -> stream.input().available() == 1);
      server.cut();
      await().until(() -> !rig.session.isOpen());

      assertThat(stream.input().read()).isEqualTo(7);
      assertThatThrownBy(() -> stream.input().read()).hasMessage(LOST);
      assertThatThrownBy(() -> stream.output().write(1)).hasMessage(LOST);
    }
  }
}
