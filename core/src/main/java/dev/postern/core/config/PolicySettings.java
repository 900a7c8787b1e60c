package dev.postern.core.config;

import dev.postern.core.hop.StrictHostKeys;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What the defaults and a route may say for their hops. */
record PolicySettings(
    Optional<String> user,
    Optional<List<Path>> knownHosts,
    Optional<List<Path>> revokedHostKeys,
    Optional<StrictHostKeys> strictHostKeys,
    Optional<String> hostKeyAlias,
    Optional<Duration> connectTimeout,
    Optional<Duration> authTimeout,
    Optional<KeepaliveSettings> keepalive,
    Optional<Integer> maxAuthAttempts,
    Optional<Boolean> allowTrivialAuth,
    Optional<Boolean> handshakeMemory,
    Optional<String> kex,
    Optional<String> ciphers,
    Optional<String> macs,
    Optional<String> hostKeyAlgorithms,
    Optional<String> window,
    Optional<Boolean> compression) {
  /** One of the two may stand alone. */
  record KeepaliveSettings(Optional<Duration> interval, Optional<Integer> count) {}

  /** The keys in their order. */
  static List<String> keys() {
    return Arrays.stream(PolicySettings.class.getRecordComponents())
        .map(component -> RecordBinder.key(component.getName()))
        .toList();
  }
}
