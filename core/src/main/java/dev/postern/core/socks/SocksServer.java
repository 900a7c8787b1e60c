package dev.postern.core.socks;

import static java.util.Objects.requireNonNull;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A server's conversation with one client. It takes as many bytes as it wants and never one more,
 * so that what follows is the client's data. Not safe for use by several threads.
 */
public final class SocksServer {
  private @Nullable SocksDialect dialect;

  /** How many bytes it takes next: at least 1, and few enough to keep. */
  public int wanted() {
    return dialect == null ? 1 : dialect.wanted();
  }

  /** Takes as many as it wanted. */
  public SocksStep take(byte[] bytes) {
    if (bytes.length != wanted()) {
      throw new IllegalArgumentException(bytes.length + " bytes, where it wanted " + wanted());
    }
    if (dialect != null) {
      return dialect.take(bytes);
    }
    switch (bytes[0]) {
      case 4 -> dialect = new Socks4();
      case 5 -> dialect = new Socks5();
      default -> {
        return new SocksStep.Refused(
            SocksDialect.NOTHING, "its client does not speak SOCKS 4 or 5");
      }
    }
    return new SocksStep.More(SocksDialect.NOTHING);
  }

  /** Tells a client that asked for it that it is connected. */
  public ByteBuffer granted() {
    return requireNonNull(dialect, "it asked for nothing yet").granted();
  }

  /** Tells a client that asked for it why it is not connected. */
  public ByteBuffer refused(SocksFailure failure) {
    return requireNonNull(dialect, "it asked for nothing yet").refused(failure);
  }
}
