package dev.postern.testkit.example;

import dev.postern.testkit.contract.TransportContract;

final class AnyOfTest extends TransportContract {
  @Override
  protected AnyOfProvider provider() {
    return new AnyOfProvider();
  }

  @Override
  protected String settings() {
    return "hosts = [no-such-host.invalid, \"127.0.0.1\"]";
  }
}
