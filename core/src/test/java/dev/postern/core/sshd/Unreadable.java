package dev.postern.core.sshd;

import dev.postern.circuit.Phase;
import dev.postern.core.hop.HopFailure;
import dev.postern.core.hop.HostKeyAlgorithms;
import dev.postern.core.hostkey.HostKeyVerifier;
import dev.postern.core.hostkey.ServerKey;
import dev.postern.problem.Code;
import java.util.List;

/** A verifier whose files cannot be read. */
final class Unreadable implements HostKeyVerifier {
  @Override
  public String verify(ServerKey key) throws HopFailure {
    throw unreadable();
  }

  @Override
  public List<String> order(HostKeyAlgorithms offered) throws HopFailure {
    throw unreadable();
  }

  private static HopFailure unreadable() {
    return new HopFailure(
        Code.HOST_KEY_FILE_UNREADABLE, Phase.HOST_KEY, "known_hosts cannot be read");
  }
}
