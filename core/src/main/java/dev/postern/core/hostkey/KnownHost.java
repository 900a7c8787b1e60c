package dev.postern.core.hostkey;

import java.nio.file.Path;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A line of a known_hosts file.
 *
 * @param file as configured
 * @param line from 1
 * @param marker what the key is good for
 * @param hosts whom it speaks of
 * @param key empty if it cannot be read: the line then matches no key
 */
record KnownHost(Path file, int line, Marker marker, HostPatterns hosts, Optional<HostKey> key) {
  private static final Pattern BLANKS = Pattern.compile("[ \t]+");

  /** What a key is good for. */
  enum Marker {
    NONE,
    CERT_AUTHORITY,
    REVOKED
  }

  /** Empty for comments, for lines that make no sense, and for types of key that we don't know. */
  static Optional<KnownHost> parse(Path file, int number, String text) {
    String line = text.strip();
    if (line.isEmpty() || line.startsWith("#")) {
      return Optional.empty();
    }
    String[] fields = BLANKS.split(line, 5);
    Marker marker = Marker.NONE;
    int next = 0;
    if (fields[0].startsWith("@")) {
      switch (fields[0]) {
        case "@cert-authority" -> marker = Marker.CERT_AUTHORITY;
        case "@revoked" -> marker = Marker.REVOKED;
        default -> {
          return Optional.empty();
        }
      }
      next = 1;
    }
    if (fields.length < next + 3) {
      return Optional.empty();
    }
    Optional<HostPatterns> hosts = HostPatterns.parse(fields[next]);
    Optional<KeyType> type = KeyType.ofKey(fields[next + 1]);
    if (hosts.isEmpty() || type.isEmpty()) {
      return Optional.empty();
    }
    Optional<HostKey> key = key(fields[next + 2]).filter(found -> found.type() == type.get());
    return Optional.of(new KnownHost(file, number, marker, hosts.get(), key));
  }

  boolean holds(HostKey other) {
    return key.filter(other::equals).isPresent();
  }

  /** {@code /home/a/.ssh/known_hosts:3}. */
  String place() {
    return file + ":" + line;
  }

  private static Optional<HostKey> key(String field) {
    try {
      return Optional.of(HostKey.parse(Base64.getDecoder().decode(field)));
    } catch (IllegalArgumentException | MalformedKeyException e) {
      return Optional.empty();
    }
  }
}
