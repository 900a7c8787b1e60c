package dev.postern.core.hop;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The settings of a hop that are not its endpoint, transport or plan.
 *
 * @param knownHosts the files to look host keys up in; new keys go to the first
 * @param revokedHostKeys files of keys that are good for no host
 * @param strictHostKeys what to do with an unknown key
 * @param hostKeyAlias the name to look up in place of the host's
 * @param connectTimeout for the byte stream, and once more for the key exchange
 * @param authTimeout for signing in, the person's and the server's time included
 * @param keepalive when a silent link is dead
 * @param maxAuthAttempts the most requests that may fail before we stop by ourselves
 * @param allowTrivialAuth whether a server may let us in without having asked for what the plan has
 * @param handshakeMemory whether to remember what the server chose, to say more at once the next
 *     time
 * @param proposal the algorithms and the window that its session offers
 */
public record HopPolicy(
    List<Path> knownHosts,
    List<Path> revokedHostKeys,
    StrictHostKeys strictHostKeys,
    Optional<String> hostKeyAlias,
    Duration connectTimeout,
    Duration authTimeout,
    Keepalive keepalive,
    int maxAuthAttempts,
    boolean allowTrivialAuth,
    boolean handshakeMemory,
    Proposal proposal) {
  public HopPolicy {
    knownHosts = List.copyOf(knownHosts);
    revokedHostKeys = List.copyOf(revokedHostKeys);
  }

  /** With the usual proposal. */
  public HopPolicy(
      List<Path> knownHosts,
      List<Path> revokedHostKeys,
      StrictHostKeys strictHostKeys,
      Optional<String> hostKeyAlias,
      Duration connectTimeout,
      Duration authTimeout,
      Keepalive keepalive,
      int maxAuthAttempts,
      boolean allowTrivialAuth,
      boolean handshakeMemory) {
    this(
        knownHosts,
        revokedHostKeys,
        strictHostKeys,
        hostKeyAlias,
        connectTimeout,
        authTimeout,
        keepalive,
        maxAuthAttempts,
        allowTrivialAuth,
        handshakeMemory,
        Proposal.USUAL);
  }

  /** The same with another {@code connect-timeout}. */
  public HopPolicy withConnectTimeout(Duration limit) {
    return new HopPolicy(
        knownHosts,
        revokedHostKeys,
        strictHostKeys,
        hostKeyAlias,
        limit,
        authTimeout,
        keepalive,
        maxAuthAttempts,
        allowTrivialAuth,
        handshakeMemory,
        proposal);
  }
}
