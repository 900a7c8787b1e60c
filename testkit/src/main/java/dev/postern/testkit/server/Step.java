package dev.postern.testkit.server;

import java.time.Duration;

/** One place of a way in: what is wanted, and how long the server takes to judge it. */
record Step(Wanted wanted, Duration delay) {
  String method() {
    return wanted.method();
  }

  Step delayed(Duration time) {
    return new Step(wanted, time);
  }
}
