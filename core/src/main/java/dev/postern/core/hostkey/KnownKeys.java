package dev.postern.core.hostkey;

import dev.postern.core.hostkey.KnownHost.Marker;
import java.util.List;
import java.util.Optional;

/** What all the files together say of one host. */
final class KnownKeys {
  private final List<KnownHost> lines;
  private final LookupName name;

  KnownKeys(List<KnownHost> lines, LookupName name) {
    this.lines = List.copyOf(lines);
    this.name = name;
  }

  /** The line that revokes the key for this host, under either of its names. */
  Optional<KnownHost> revocation(HostKey key) {
    return lines.stream()
        .filter(line -> line.marker() == Marker.REVOKED && speaksOfHost(line) && line.holds(key))
        .findFirst();
  }

  /** The authorities that may certify this host. */
  List<KnownHost> authorities() {
    return lines.stream()
        .filter(line -> line.marker() == Marker.CERT_AUTHORITY && line.key().isPresent())
        .filter(this::speaksOfHost)
        .toList();
  }

  /** The line that has the key: under the better name, or under the other if that has none. */
  Optional<KnownHost> find(HostKey key) {
    Optional<KnownHost> found =
        plain(name.primary()).stream().filter(line -> line.holds(key)).findFirst();
    if (found.isPresent() || !plain(name.primary()).isEmpty()) {
      return found;
    }
    return plain(name.host()).stream().filter(line -> line.holds(key)).findFirst();
  }

  /** The keys that this host is expected to have instead of a new one. */
  List<KnownHost> expected() {
    return plain(name.primary());
  }

  /** Whether a key of that type, which the host may show, is known. */
  boolean hasType(KeyType type) {
    for (String candidate : name.all()) {
      List<KnownHost> known = plain(candidate);
      if (!known.isEmpty()) {
        return known.stream().anyMatch(line -> line.key().orElseThrow().type() == type);
      }
    }
    return false;
  }

  /** Where the key is known for other hosts. */
  List<KnownHost> elsewhere(HostKey key) {
    return lines.stream().filter(line -> line.marker() == Marker.NONE && line.holds(key)).toList();
  }

  /** The lines of this host whose key cannot be read. */
  List<KnownHost> malformed() {
    return lines.stream().filter(line -> line.key().isEmpty() && speaksOfHost(line)).toList();
  }

  private boolean speaksOfHost(KnownHost line) {
    return name.all().stream().anyMatch(candidate -> matches(line, candidate));
  }

  /** A line that excludes the port is not let in again by the name without it. */
  private boolean matches(KnownHost line, String candidate) {
    return line.hosts().match(candidate) && !line.hosts().exclude(name.primary());
  }

  private List<KnownHost> plain(String candidate) {
    return lines.stream()
        .filter(line -> line.marker() == Marker.NONE && line.key().isPresent())
        .filter(line -> matches(line, candidate))
        .toList();
  }
}
