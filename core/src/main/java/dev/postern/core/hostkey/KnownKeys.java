package dev.postern.core.hostkey;

import dev.postern.core.hostkey.KnownHost.Marker;
import dev.postern.core.hostkey.RevokedKeysFile.Revoked;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What all the files together say of one host. */
final class KnownKeys {
  private final List<KnownHost> lines;
  private final List<Revoked> revoked;
  private final List<KnownHost> primary;
  private final List<KnownHost> withoutPort;
  private final List<KnownHost> own;

  /** Matches each line once: a hashed name costs a digest. */
  KnownKeys(List<KnownHost> lines, List<Revoked> revoked, LookupName name) {
    this.lines = List.copyOf(lines);
    this.revoked = List.copyOf(revoked);
    List<KnownHost> byPrimary = new ArrayList<>();
    List<KnownHost> byHost = new ArrayList<>();
    List<KnownHost> byEither = new ArrayList<>();
    for (KnownHost line : lines) {
      boolean isPrimary = line.hosts().match(name.primary());
      boolean isHost = matchesWithoutPort(line, name);
      if (isPrimary) {
        byPrimary.add(line);
      }
      if (isHost) {
        byHost.add(line);
      }
      if (isPrimary || isHost) {
        byEither.add(line);
      }
    }
    primary = plain(byPrimary);
    withoutPort = plain(byHost);
    own = List.copyOf(byEither);
  }

  /** Where the key is revoked: for this host under either of its names, or for all. */
  Optional<String> revocation(HostKey key) {
    Optional<String> here =
        own.stream()
            .filter(line -> line.marker() == Marker.REVOKED && line.holds(key))
            .map(KnownHost::place)
            .findFirst();
    return here.or(
        () ->
            revoked.stream()
                .filter(other -> other.key().equals(key))
                .map(Revoked::place)
                .findFirst());
  }

  /** The authorities that may certify this host. */
  List<KnownHost> authorities() {
    return own.stream()
        .filter(line -> line.marker() == Marker.CERT_AUTHORITY && line.key().isPresent())
        .toList();
  }

  /** The line that has the key: under the better name, or under the other if that has none. */
  Optional<KnownHost> find(HostKey key) {
    return usable().stream().filter(line -> line.holds(key)).findFirst();
  }

  /** The keys that this host is expected to have instead of a new one. */
  List<KnownHost> expected() {
    return primary;
  }

  /**
   * Whether a key for this algorithm, which the host may show, is known; for a certificate's, an
   * authority.
   */
  boolean expects(String algorithm) {
    return KeyType.isCertificate(algorithm)
        ? !authorities().isEmpty()
        : KeyType.ofAlgorithm(algorithm).filter(this::hasType).isPresent();
  }

  private boolean hasType(KeyType type) {
    return usable().stream().anyMatch(line -> line.key().orElseThrow().type() == type);
  }

  /** Where the key is known for other hosts. */
  List<KnownHost> elsewhere(HostKey key) {
    return lines.stream().filter(line -> line.marker() == Marker.NONE && line.holds(key)).toList();
  }

  /** The lines of this host whose key cannot be read. */
  List<KnownHost> malformed() {
    return own.stream().filter(line -> line.key().isEmpty()).toList();
  }

  private List<KnownHost> usable() {
    return primary.isEmpty() ? withoutPort : primary;
  }

  /** A line that excludes the port is not let in again by the name without it. */
  private static boolean matchesWithoutPort(KnownHost line, LookupName name) {
    return !name.hasOneForm()
        && line.hosts().match(name.host())
        && !line.hosts().exclude(name.primary());
  }

  private static List<KnownHost> plain(List<KnownHost> matching) {
    return matching.stream()
        .filter(line -> line.marker() == Marker.NONE && line.key().isPresent())
        .toList();
  }
}
