package dev.postern.core.circuit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;

import dev.postern.api.hop.Endpoint;
import dev.postern.api.hop.HopInfo;
import dev.postern.circuit.Phase;
import dev.postern.core.hop.HopFailure;
import dev.postern.problem.Code;
import java.io.IOException;
import java.nio.channels.AsynchronousByteChannel;
import java.util.ArrayList;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What a transport sees of the hop before it. */
final class OpenHopTest {
  private static final Endpoint PROXY = new Endpoint("proxy", 1080);

  private final FakeSession session = new FakeSession("a", new ArrayList<>());
  private final OpenHop hop =
      new OpenHop(new HopInfo(1, 2, "alice", new Endpoint("a", 22)), session);

  @Test
  void aChannelIsTheSessions() throws Exception {
    AsynchronousByteChannel channel = mock(AsynchronousByteChannel.class);
    session.byteChannel.complete(channel);
    assertThat(hop.openChannel(PROXY)).isSameAs(channel);
  }

  @Test
  void aRefusalIsAnIoFailureWithTheHopsSentence() {
    session.byteChannel.completeExceptionally(
        new HopFailure(Code.HOP_CANNOT_REACH, Phase.CHANNEL, "hop 1/2 alice@a cannot reach it"));
    assertThatThrownBy(() -> hop.openChannel(PROXY))
        .isInstanceOf(IOException.class)
        .hasMessage("hop 1/2 alice@a cannot reach it");
  }

  @Test
  void anInterruptedWaitCancelsTheOpening() {
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> hop.openChannel(PROXY)).isInstanceOf(InterruptedException.class);
    assertThat(session.byteChannel).isCancelled();
  }

  @Test
  void aChannelThatCameInThatMomentIsClosed() throws Exception {
    AsynchronousByteChannel channel = mock(AsynchronousByteChannel.class);
    session.byteChannel =
        new CompletableFuture<>() {
          @Override
          public boolean cancel(boolean interrupt) {
            complete(channel);
            return false;
          }
        };
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> hop.openChannel(PROXY)).isInstanceOf(InterruptedException.class);
    verify(channel).close();
  }
}
