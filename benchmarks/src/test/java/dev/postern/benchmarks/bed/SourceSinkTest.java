package dev.postern.benchmarks.bed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postern.benchmarks.bed.SourceSink.Direction;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

final class SourceSinkTest {
  private static final long BYTES = 1_000_001;

  @Test
  void bytesGoBothWays() throws Exception {
    try (SourceSink service = SourceSink.start()) {
      for (Direction direction : Direction.values()) {
        assertThat(SourceSink.transfer(service.address().port(), direction, BYTES)).isPositive();
      }
    }
  }

  @Test
  void aTransferThatIsCutOffFails() throws Exception {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      CompletableFuture.runAsync(
          () -> {
            try (var socket = server.accept()) {
              socket.getInputStream().readNBytes(9);
            } catch (IOException e) {
              throw new IllegalStateException(e);
            }
          });
      assertThatThrownBy(() -> SourceSink.transfer(server.getLocalPort(), Direction.DOWN, BYTES))
          .isInstanceOf(IOException.class)
          .hasMessage("cut off with 1000001 bytes to come");
    }
  }
}
