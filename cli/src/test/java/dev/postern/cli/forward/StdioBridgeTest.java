package dev.postern.cli.forward;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postern.circuit.TcpStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.UncheckedIOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
final class StdioBridgeTest {
  private final PipedOutputStream typed = new PipedOutputStream();
  private final ByteArrayOutputStream shown = new ByteArrayOutputStream();
  private final ByteArrayOutputStream sent = new ByteArrayOutputStream();

  private CompletableFuture<Void> carry(InputStream answer, OutputStream sending)
      throws IOException {
    PipedInputStream input = new PipedInputStream(typed);
    StdioBridge bridge = new StdioBridge(input, shown, () -> false);
    return CompletableFuture.runAsync(
        () -> {
          try {
            bridge.carry(new Far(answer, sending));
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }

  @Test
  void theFarEndsEndEndsItThoughStandardInputGoesOn() throws Exception {
    carry(new ByteArrayInputStream("bye".getBytes(UTF_8)), sent).join();

    assertThat(shown.toString(UTF_8)).isEqualTo("bye");
  }

  @Test
  void standardInputsEndIsPassedOnAndTheAnswerStillArrives() throws Exception {
    PipedOutputStream answering = new PipedOutputStream();
    CountDownLatch ended = new CountDownLatch(1);
    CompletableFuture<Void> carried =
        carry(
            new PipedInputStream(answering),
            new OutputStream() {
              @Override
              public void write(int value) {
                sent.write(value);
              }

              @Override
              public void close() {
                ended.countDown();
              }
            });
    typed.write("asked".getBytes(UTF_8));
    typed.close();
    ended.await();
    answering.write("answer".getBytes(UTF_8));
    answering.close();

    carried.join();
    assertThat(sent.toString(UTF_8)).isEqualTo("asked");
    assertThat(shown.toString(UTF_8)).isEqualTo("answer");
  }

  @Test
  void whatIsUnderWayGoesOverBeforeItEnds() throws Exception {
    PipedOutputStream answering = new PipedOutputStream();
    CountDownLatch writing = new CountDownLatch(1);
    CountDownLatch taken = new CountDownLatch(1);
    CountDownLatch shownEnd = new CountDownLatch(1);
    StdioBridge bridge =
        new StdioBridge(
            new PipedInputStream(typed),
            new ByteArrayOutputStream() {
              @Override
              public void close() {
                shownEnd.countDown();
              }
            },
            () -> false);
    OutputStream slow =
        new OutputStream() {
          @Override
          public void write(int value) {
            writing.countDown();
            awaitQuietly(taken);
            sent.write(value);
          }
        };
    PipedInputStream answer = new PipedInputStream(answering);
    CompletableFuture<Void> carried =
        CompletableFuture.runAsync(
            () -> {
              try {
                bridge.carry(new Far(answer, slow));
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });
    typed.write('x');
    typed.flush();
    writing.await();
    answering.close();
    shownEnd.await();
    assertThatThrownBy(() -> carried.get(50, TimeUnit.MILLISECONDS))
        .isInstanceOf(java.util.concurrent.TimeoutException.class);

    taken.countDown();
    carried.join();
    assertThat(sent.toString(UTF_8)).isEqualTo("x");
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private record Far(InputStream input, OutputStream output) implements TcpStream {
    @Override
    public void close() {}
  }
}
