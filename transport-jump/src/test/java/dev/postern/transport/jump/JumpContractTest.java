package dev.postern.transport.jump;

import dev.postern.testkit.contract.TransportContract;

final class JumpContractTest extends TransportContract {
  @Override
  protected JumpProvider provider() {
    return new JumpProvider();
  }

  @Override
  protected boolean standsFirst() {
    return false;
  }
}
