package dev.postern.core.circuit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.circuit.CircuitException;
import dev.postern.circuit.ExecResult;
import dev.postern.circuit.OutputReceiver;
import dev.postern.circuit.Phase;
import dev.postern.circuit.Trail;
import dev.postern.problem.Code;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.Test;

final class OpenChannelsTest {
  private final List<String> journal = new ArrayList<>();
  private final OpenChannels channels = new OpenChannels();

  @Test
  void aProcessLearnsThatItsCircuitWasLostBeforeItsChannelIsClosed() {
    channels.track(new FakeProcess());
    channels.close(
        Optional.of(
            new CircuitException(
                Code.LINK_LOST, Phase.REMOTE, null, "gone", new Trail(List.of()), null)));
    assertThat(journal).containsExactly("lost: remote: gone [PST-T009]", "close");
  }

  @Test
  void aProcessOfACircuitThatIsClosedIsOnlyClosed() {
    channels.track(new FakeProcess());
    channels.close(Optional.empty());
    assertThat(journal).containsExactly("close");
  }

  private final class FakeProcess implements LosableProcess {
    @Override
    public CompletableFuture<Void> deliver(OutputReceiver receiver, Executor executor) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void lost(CircuitException why) {
      journal.add("lost: " + why.getMessage());
    }

    @Override
    public OutputStream input() {
      return OutputStream.nullOutputStream();
    }

    @Override
    public InputStream output() {
      return InputStream.nullInputStream();
    }

    @Override
    public InputStream error() {
      return InputStream.nullInputStream();
    }

    @Override
    public CompletableFuture<ExecResult> ended() {
      return new CompletableFuture<>();
    }

    @Override
    public ExecResult waitFor() {
      throw new UnsupportedOperationException("nobody waits here");
    }

    @Override
    public void resize(int columns, int rows) {}

    @Override
    public void signal(String name) {}

    @Override
    public void close() {
      journal.add("close");
    }
  }
}
