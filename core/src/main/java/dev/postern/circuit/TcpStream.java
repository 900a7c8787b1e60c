package dev.postern.circuit;

import java.io.InputStream;
import java.io.OutputStream;
import org.apiguardian.api.API;

/**
 * A connection from the far end of a circuit, as a {@code direct-tcpip} channel (RFC 4254 section
 * 7.2), or one to a Unix socket there. The two directions may be used by two threads. Where the
 * link is lost, reads and writes fail with an {@link java.io.IOException} that names the hop and
 * the reason.
 */
@API(status = API.Status.MAINTAINED, since = "1.0")
public interface TcpStream extends AutoCloseable {
  /** What the other side sends; blocks, and holds at most a channel window in memory. */
  InputStream input();

  /** What we send; closing it closes our direction only. */
  OutputStream output();

  /** Closes the connection. */
  @Override
  void close();
}
