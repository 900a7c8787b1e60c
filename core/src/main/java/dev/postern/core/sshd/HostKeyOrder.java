package dev.postern.core.sshd;

import dev.postern.core.circuit.HopConnector.Attempt;
import dev.postern.core.hop.HopFailure;
import dev.postern.core.memory.Remembered;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The host key algorithms that are proposed to a server, and what is remembered of it if a guess
 * can be made with them.
 *
 * @param algorithms best first
 */
record HostKeyOrder(List<String> algorithms, Optional<Remembered> server) {
  HostKeyOrder {
    algorithms = List.copyOf(algorithms);
  }

  /**
   * What the server listed first comes first, if it is first anyway or we know a key for it: which
   * of the keys that we know is used is the choice of whoever answers in any case.
   */
  static HostKeyOrder of(Attempt attempt) throws HopFailure {
    List<String> order = attempt.hostKeys().order(attempt.policy().proposal().hostKeyAlgorithms());
    Optional<Remembered> server = attempt.memory().recall();
    if (server.filter(Remembered::isWorthAGuess).isEmpty()) {
      return new HostKeyOrder(order, server);
    }
    if (order.get(0).equals(server.get().hostKey())) {
      return new HostKeyOrder(order, server);
    }
    String wanted = server.get().hostKey();
    if (!order.contains(wanted) || !attempt.hostKeys().isKnown(wanted)) {
      return new HostKeyOrder(order, server.map(Remembered::withoutGuess));
    }
    List<String> moved = new ArrayList<>(order);
    moved.remove(wanted);
    moved.add(0, wanted);
    return new HostKeyOrder(moved, server);
  }
}
