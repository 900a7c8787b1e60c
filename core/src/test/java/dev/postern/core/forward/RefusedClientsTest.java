package dev.postern.core.forward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.postern.circuit.Forward;
import dev.postern.circuit.Phase;
import dev.postern.core.hop.HopFailure;
import dev.postern.problem.Code;
import dev.postern.route.ForwardAddress;
import dev.postern.route.ForwardSpec;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How a client is told that its connection came to nothing. */
@Timeout(30)
final class RefusedClientsTest {
  private static final ForwardSpec SOCKS = ForwardSpec.dynamic(ForwardAddress.of("127.0.0.1:0"));

  private final SocketLoop loop = new SocketLoop();
  private final List<String> record = Collections.synchronizedList(new ArrayList<>());

  @AfterEach
  void stop() {
    loop.close();
  }

  @Test
  void aClientForWhichThereIsNoCircuitIsReset() throws Exception {
    try (Forward forward = refusing(Code.FORWARD_WITHOUT_CIRCUIT);
        Socket client = new Socket("127.0.0.1", forward.port())) {
      assertThatThrownBy(() -> client.getInputStream().read())
          .isInstanceOf(SocketException.class)
          .hasMessage("Connection reset");
      assertThat(forward.counts().lastError()).contains("no");
    }
  }

  @Test
  void aClientWhoseTargetRefusesSeesTheEnd() throws Exception {
    try (Forward forward = refusing(Code.HOP_CANNOT_REACH);
        Socket client = new Socket("127.0.0.1", forward.port())) {
      assertThat(client.getInputStream().read()).isEqualTo(-1);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "FORWARD_WITHOUT_CIRCUIT, 1",
    "LINK_LOST, 1",
    "FORWARDING_PROHIBITED, 2",
    "HOP_CANNOT_REACH, 4"
  })
  void aSocksClientIsToldByTheCodesOfSocks(Code code, int reply) throws Exception {
    try (Forward forward = refusing(code, SOCKS);
        Socket client = new Socket("127.0.0.1", forward.port())) {
      client.getOutputStream().write(new byte[] {5, 1, 0});
      client.getOutputStream().write(new byte[] {5, 1, 0, 3, 2, 'd', 'b', 21, 56});

      assertThat(client.getInputStream().readAllBytes())
          .containsExactly(5, 0, 5, reply, 0, 1, 0, 0, 0, 0, 0, 0);
      assertThat(forward.counts().lastError()).contains("no");
    }
  }

  @Test
  void aSocksClientThatSaysTooLittleIsGivenUpInTime() throws Exception {
    Listeners listeners = new Listeners(loop, Runnable::run, Duration.ofMillis(50));
    try (Forward forward = refusing(Code.HOP_CANNOT_REACH, SOCKS, listeners);
        Socket client = new Socket("127.0.0.1", forward.port())) {
      client.getOutputStream().write(new byte[] {5, 1, 0});

      assertThat(client.getInputStream().readAllBytes()).containsExactly(5, 0);
      await().until(() -> forward.counts().open() == 0);
      assertThat(record)
          .containsExactly(
              "a connection to the forward on %s was refused: its client did not say in time where it wants to go [PST-F003]"
                  .formatted(forward.address()));
    }
  }

  private Forward refusing(Code code) throws Exception {
    return refusing(code, ForwardSpec.of("127.0.0.1:0", "db:5432"));
  }

  private Forward refusing(Code code, ForwardSpec spec) throws Exception {
    return refusing(code, spec, new Listeners(loop, Runnable::run));
  }

  private Forward refusing(Code code, ForwardSpec spec, Listeners listeners) throws Exception {
    return listeners
        .listen(
            spec,
            target -> CompletableFuture.failedFuture(new HopFailure(code, Phase.CHANNEL, "no")),
            record::add)
        .get();
  }
}
