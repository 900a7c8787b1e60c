package dev.postern.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.postern.circuit.TcpStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.concurrent.CountDownLatch;

/** A connection whose far end hears all, and then says one thing. */
final class FakeStream implements TcpStream {
  private final CountDownLatch heard = new CountDownLatch(1);
  private final InputStream input;
  private final ByteArrayOutputStream output =
      new ByteArrayOutputStream() {
        @Override
        public void close() {
          heard.countDown();
        }
      };

  FakeStream(String says) {
    input =
        new FilterInputStream(new ByteArrayInputStream(says.getBytes(UTF_8))) {
          @Override
          public int read(byte[] target, int offset, int length) throws IOException {
            try {
              heard.await();
            } catch (InterruptedException e) {
              throw new InterruptedIOException("interrupted");
            }
            return super.read(target, offset, length);
          }
        };
  }

  String said() {
    return output.toString(UTF_8);
  }

  @Override
  public InputStream input() {
    return input;
  }

  @Override
  public ByteArrayOutputStream output() {
    return output;
  }

  @Override
  public void close() {}
}
