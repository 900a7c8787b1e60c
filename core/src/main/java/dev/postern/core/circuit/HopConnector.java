package dev.postern.core.circuit;

import dev.postern.api.hop.HopInfo;
import dev.postern.api.transport.Link;
import dev.postern.core.auth.AuthEngine;
import dev.postern.core.hop.HopPolicy;
import dev.postern.core.hop.TrailRecorder;
import dev.postern.core.hostkey.HostKeyVerifier;
import dev.postern.core.memory.HostMemory;
import java.util.concurrent.CompletableFuture;

/** Turns a link into an authenticated session. Implemented by {@code sshd}. */
public interface HopConnector extends AutoCloseable {
  /**
   * Connects the link, exchanges keys, has the host key verified, and signs in by the engine, each
   * within its deadline.
   *
   * @return the session; fails with a {@link dev.postern.core.hop.HopFailure}. Cancelling it ends
   *     the attempt, interrupts a blocked engine and leaves nothing behind. The engine is closed in
   *     any case.
   */
  CompletableFuture<HopSession> connect(Attempt attempt);

  /** Closes every session. */
  @Override
  void close();

  /** What a connection needs. */
  record Attempt(
      HopInfo info,
      Link link,
      HopPolicy policy,
      HostKeyVerifier hostKeys,
      AuthEngine engine,
      TrailRecorder trail,
      HostMemory memory,
      Ahead ahead) {}
}
