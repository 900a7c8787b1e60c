package dev.postern.cli.forward;

import dev.postern.circuit.TcpStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.function.BooleanSupplier;

/**
 * Joins standard input and output with a connection, so that the process can be the ProxyCommand of
 * another. Our direction may end first; the far end's end ends it all, as with {@code ssh -W}.
 */
public final class StdioBridge {
  private static final int BUFFER = 64 << 10;

  private final InputStream input;
  private final OutputStream output;
  private final BooleanSupplier endedHere;
  private final Object underWay = new Object();

  /**
   * Joins these two with a connection, whose end is none of our business once it was ended here.
   */
  public StdioBridge(InputStream input, OutputStream output, BooleanSupplier endedHere) {
    this.input = input;
    this.output = output;
    this.endedHere = endedHere;
  }

  /**
   * Carries bytes until the far end has said all, or nobody takes any. Whether it still listens is
   * not to be seen: a server does not tell that its target is gone. So standard input is not waited
   * for, only what was read of it goes over.
   *
   * @throws IOException if the connection broke
   */
  public void carry(TcpStream connection) throws IOException {
    // It may hang in a read that nothing ends.
    Thread sending = new Thread(() -> send(connection.output()), "postern-stdin");
    sending.setDaemon(true);
    sending.start();
    try {
      if (receive(connection.input())) {
        awaitWhatIsUnderWay();
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
        synchronized (underWay) {
          to.write(buffer, 0, count);
          to.flush();
        }
      }
    } catch (IOException e) {
      // The other direction says what came of it.
    }
  }

  private void awaitWhatIsUnderWay() {
    synchronized (underWay) {
      // The lock is all.
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
