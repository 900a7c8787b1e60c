package dev.postern.circuit;

import org.apiguardian.api.API;

/** The phases of a hop, in order. */
@API(status = API.Status.MAINTAINED, since = "1.0")
public enum Phase {
  /** Looking up the name. */
  RESOLVE("resolve"),
  /** Making the byte stream. */
  CONNECT("connect"),
  /** Key exchange, and verification of the host key. */
  HOST_KEY("host-key"),
  /** Signing in. */
  AUTH("auth"),
  /** Opening a channel on the circuit. */
  CHANNEL("channel"),
  /** What runs at the far end. */
  REMOTE("remote");

  private final String label;

  Phase(String label) {
    this.label = label;
  }

  /** As printed: {@code host-key}. */
  @Override
  public String toString() {
    return label;
  }
}
