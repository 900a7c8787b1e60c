package com.example.postern.connector.playground;

import java.time.Duration;

/**
 * Limits how often the playground answers: a token for each request, and a new one now and then.
 */
final class Bucket {
  private final int capacity;
  private final long refill;
  private double tokens;
  private long last = System.nanoTime();

  Bucket(int capacity, Duration refill) {
    this.capacity = capacity;
    this.refill = refill.toNanos();
    this.tokens = capacity;
  }

  /** Takes a token; if there is none, says after how many seconds there will be one. */
  synchronized int take() {
    long now = System.nanoTime();
    tokens = Math.min(capacity, tokens + (double) (now - last) / refill);
    last = now;
    if (tokens >= 1) {
      tokens--;
      return 0;
    }
    return (int) Math.ceil((1 - tokens) * refill / 1e9);
  }
}
