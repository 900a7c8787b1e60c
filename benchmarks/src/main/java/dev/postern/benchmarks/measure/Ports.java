package dev.postern.benchmarks.measure;

import static java.util.Objects.requireNonNull;

import java.util.HashMap;
import java.util.Map;

/** The forwards of peers: where each listens, and how many bytes it moves at a time. */
final class Ports {
  private record Forward(int port, long bytes) {}

  private final Map<String, Forward> forwards = new HashMap<>();

  void put(String name, int port, long bytes) {
    forwards.put(name, new Forward(port, bytes));
  }

  int port(String name) {
    return requireNonNull(forwards.get(name)).port();
  }

  long bytes(String name) {
    return requireNonNull(forwards.get(name)).bytes();
  }
}
