package dev.postern.core.fleet;

import java.util.HashMap;
import java.util.Map;

/**
 * Counts the handshakes with each address. Where a server drops one, it gets fewer at a time from
 * then on: its limit (OpenSSH: MaxStartups) is lower than ours. Guarded by {@link Admission}.
 */
final class Handshakes {
  private final int most;
  private final Map<String, Integer> running = new HashMap<>();
  private final Map<String, Integer> limits = new HashMap<>();

  Handshakes(int most) {
    this.most = most;
  }

  boolean hasRoom(String address) {
    return running.getOrDefault(address, 0) < limits.getOrDefault(address, most);
  }

  void begin(String address) {
    running.merge(address, 1, Integer::sum);
  }

  void end(String address) {
    running.computeIfPresent(address, (key, count) -> count == 1 ? null : count - 1);
  }

  void dropped(String address) {
    limits.merge(address, Math.max(1, most / 2), (limit, half) -> Math.max(1, limit / 2));
  }
}
