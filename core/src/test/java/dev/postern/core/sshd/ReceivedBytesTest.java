package dev.postern.core.sshd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class ReceivedBytesTest {
  private final AtomicInteger released = new AtomicInteger();
  private final ReceivedBytes received = new ReceivedBytes(released::addAndGet);

  @Test
  void whatArrivesIsReadInOrderWhateverTheSizes() throws IOException {
    Random random = new Random(7);
    ByteArrayOutputStream sent = new ByteArrayOutputStream();
    ByteArrayOutputStream read = new ByteArrayOutputStream();
    byte[] target = new byte[20_000];
    for (int i = 0; i < 2_000; i++) {
      byte[] packet = new byte[random.nextInt(i % 10 == 0 ? 32_768 : 100)];
      random.nextBytes(packet);
      received.append(packet, 0, packet.length);
      sent.writeBytes(packet);
      if (received.available() > 0 && random.nextBoolean()) {
        read.write(target, 0, received.read(target, 0, 1 + random.nextInt(target.length)));
      }
    }
    received.end(null);
    for (int n = received.read(target, 0, target.length);
        n >= 0;
        n = received.read(target, 0, target.length)) {
      read.write(target, 0, n);
    }

    assertThat(read.toByteArray()).isEqualTo(sent.toByteArray());
    assertThat(released).hasValue(sent.size());
  }

  @Test
  void roomIsGivenBackOnlyForWhatWasRead() throws IOException {
    received.append(new byte[100], 0, 100);
    assertThat(released).hasValue(0);

    received.read(new byte[30], 0, 30);

    assertThat(released).hasValue(30);
    assertThat(received.available()).isEqualTo(70);
  }

  @Test
  void theFailureComesAfterTheBytes() throws IOException {
    received.append(new byte[] {1, 2}, 0, 2);
    received.end(new IOException("the link was lost"));

    assertThat(received.read(new byte[10], 0, 10)).isEqualTo(2);
    assertThatThrownBy(() -> received.read(new byte[10], 0, 10))
        .isInstanceOf(IOException.class)
        .hasMessage("the link was lost");
  }

  @Test
  void theFirstEndCounts() throws IOException {
    received.end(null);
    received.end(new IOException("later"));

    assertThat(received.read(new byte[1], 0, 1)).isEqualTo(-1);
  }

  @Test
  void discardedBytesHoldUpNothing() {
    received.append(new byte[10], 0, 10);
    received.discard(new IOException("the stream is closed"));
    received.append(new byte[5], 0, 5);

    assertThat(released).hasValue(15);
    assertThatThrownBy(() -> received.read(new byte[1], 0, 1)).hasMessage("the stream is closed");
  }

  @Test
  void pollingNeverWaits() throws IOException {
    ByteBuffer target = ByteBuffer.allocate(4);
    assertThat(received.poll(target)).isZero();
    received.append(new byte[6], 0, 6);
    assertThat(received.poll(target)).isEqualTo(4);
    target.clear();
    assertThat(received.poll(target)).isEqualTo(2);
    received.end(null);
    assertThat(received.poll(target)).isEqualTo(-1);
    assertThat(released).hasValue(0);
  }

  @Test
  void anInterruptedReaderStops() {
    Thread.currentThread().interrupt();

    assertThatThrownBy(() -> received.read(new byte[1], 0, 1))
        .isInstanceOf(InterruptedIOException.class);
    assertThat(Thread.interrupted()).isTrue();
  }
}
