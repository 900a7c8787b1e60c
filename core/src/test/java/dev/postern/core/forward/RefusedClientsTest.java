package dev.postern.core.forward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postern.circuit.Forward;
import dev.postern.circuit.Phase;
import dev.postern.core.hop.HopFailure;
import dev.postern.problem.Code;
import dev.postern.route.ForwardSpec;
import java.net.Socket;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How a client is told that its connection came to nothing. */
@Timeout(30)
final class RefusedClientsTest {
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

  private Forward refusing(Code code) throws Exception {
    return new Listeners(loop, Runnable::run)
        .listen(
            ForwardSpec.of("127.0.0.1:0", "db:5432"),
            target -> CompletableFuture.failedFuture(new HopFailure(code, Phase.CHANNEL, "no")),
            record::add)
        .get();
  }
}
