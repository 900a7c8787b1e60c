package dev.postern.cli.forward;

import dev.postern.circuit.TcpStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.function.BooleanSupplier;

/**
 * Joins standard input and output with a connection, so that the process can be the ProxyCommand of
 * another. Either direction ends alone.
 */
public final class StdioBridge {
  private static final int BUFFER = 64 << 10;

  private final InputStream input;
  private final OutputStream output;
  private final BooleanSupplier endedHere;

  /**
   * Joins these two with a connection, whose end is none of our business once it was ended here.
   */
  public StdioBridge(InputStream input, OutputStream output, BooleanSupplier endedHere) {
    this.input = input;
    this.output = output;
    this.endedHere = endedHere;
  }

  /**
   * Carries bytes until both directions have ended, or nobody takes any.
   *
   * @throws IOException if the connection broke
   * @throws InterruptedException if the thread is interrupted
   */
  public void carry(TcpStream connection) throws IOException, InterruptedException {
    // It may hang in a read that nothing ends.
    Thread sending = new Thread(() -> send(connection.output()), "postern-stdin");
    sending.setDaemon(true);
    sending.start();
    try {
      if (receive(connection.input())) {
        sending.join();
      }
    } catch (IOException e) {
      if (!endedHere.getAsBoolean()) {
        throw e;
      }
    }
  }

  private void send(OutputStream to) {
    byte[] buffer = new byte[BUFFER];
    try (to) {
      for (int count = input.read(buffer); count >= 0; count = input.read(buffer)) {
        to.write(buffer, 0, count);
        to.flush();
      }
    } catch (IOException e) {
      // The other direction says what came of it.
    }
  }

  /** Whether all that came was taken. */
  private boolean receive(InputStream from) throws IOException {
    byte[] buffer = new byte[BUFFER];
    for (int count = from.read(buffer); count >= 0; count = from.read(buffer)) {
      try {
        output.write(buffer, 0, count);
      } catch (IOException e) {
        return false;
      }
    }
    output.close();
    return true;
  }
}
