package dev.postern.core.memory;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The text of a memory file: a line with a salt, then one for each server, whose name is hashed so
 * that the file tells nobody where its owner goes. What was noted longest ago stands first.
 */
final class Contents {
  static final int LIMIT = 1_000;

  private static final String HEADER = "postern-handshakes-1 ";
  private static final int SALT_LENGTH = 16;
  private static final int NAME_LENGTH = 16;
  private static final Pattern SALT = Pattern.compile("[0-9a-f]{32}");
  private static final Pattern HASH = Pattern.compile("[0-9a-f]{32}");

  private final String salt;
  private final Map<String, Remembered> servers = new LinkedHashMap<>();

  private Contents(String salt) {
    this.salt = salt;
  }

  static Contents empty() {
    byte[] salt = new byte[SALT_LENGTH];
    new SecureRandom().nextBytes(salt);
    return new Contents(HexFormat.of().formatHex(salt));
  }

  /** What can be understood of a text; a text of another kind is an empty one. */
  static Contents parse(String text) {
    List<String> lines = text.lines().toList();
    if (lines.isEmpty()
        || !lines.get(0).startsWith(HEADER)
        || !SALT.matcher(lines.get(0).substring(HEADER.length())).matches()) {
      return empty();
    }
    Contents contents = new Contents(lines.get(0).substring(HEADER.length()));
    for (String line : lines.subList(1, Math.min(lines.size(), LIMIT + 1))) {
      String[] fields = line.split(" ", 2);
      Remembered server = fields.length == 2 ? Remembered.parse(fields[1]) : null;
      if (server != null && HASH.matcher(fields[0]).matches()) {
        contents.servers.put(fields[0], server);
      }
    }
    return contents;
  }

  Optional<Remembered> find(String name) {
    return servers.isEmpty() ? Optional.empty() : Optional.ofNullable(servers.get(hash(name)));
  }

  void put(String name, Optional<Remembered> server) {
    String key = hash(name);
    servers.remove(key);
    server.filter(Remembered::isPlain).ifPresent(plain -> servers.put(key, plain));
    Iterator<String> oldest = servers.keySet().iterator();
    while (servers.size() > LIMIT) {
      oldest.next();
      oldest.remove();
    }
  }

  String text() {
    StringBuilder text = new StringBuilder(HEADER).append(salt).append('\n');
    servers.forEach(
        (name, server) -> text.append(name).append(' ').append(server.line()).append('\n'));
    return text.toString();
  }

  private String hash(String name) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(salt.getBytes(StandardCharsets.US_ASCII));
      byte[] hash = digest.digest(name.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(Arrays.copyOf(hash, NAME_LENGTH));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
