package dev.postern.core.forward;

import dev.postern.route.ForwardAddress;

/** What a server listens on for us. */
public interface FarListener extends AutoCloseable {
  /** Where, with the port that it chose. */
  ForwardAddress address();

  /** Asks it to stop. Connections that arrive from now on are refused. Does not wait. */
  @Override
  void close();
}
