package dev.postern.core.auth;

import dev.postern.core.hop.HopFailure;
import java.io.IOException;
import java.util.List;

/**
 * Signs in on one hop, by its plan. A state machine: each message of the server gives our next
 * move. Not safe for use by several threads; {@link #next} may block on a strategy, so it is called
 * off the I/O threads.
 */
public interface AuthEngine extends AutoCloseable {
  /**
   * Our move after a message of the server. The first message is {@link ServerMessage.Ready}.
   *
   * @throws HopFailure if the hop cannot be passed; nothing may be sent after that
   * @throws InterruptedException if the opening was cancelled
   */
  ClientMove next(ServerMessage message) throws HopFailure, InterruptedException;

  /** A banner of the server (RFC 4252 section 5.4), not sanitised. */
  void banner(String text);

  /** The signatures that the server understands (RFC 8308 section 3.1), if it says so. */
  void signatureAlgorithms(List<String> algorithms);

  /**
   * A signature that a {@link ClientMove.SignWithKey} asked for could not be made; gives the next
   * move or fails the hop.
   */
  ClientMove signingFailed(IOException failure) throws HopFailure, InterruptedException;

  /** What to say when a key that was offered fails in a way that it should not. */
  HopFailure signerFailed(Throwable failure);

  /**
   * How far signing in has come, for the error when its deadline passes: what was sent last and
   * what is waited for.
   */
  String progress();

  /** Closes the strategies and wipes what is held. */
  @Override
  void close();
}
