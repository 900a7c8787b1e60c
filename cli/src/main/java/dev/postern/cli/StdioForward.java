package dev.postern.cli;

import dev.postern.api.hop.Endpoint;
import dev.postern.circuit.Circuit;
import dev.postern.circuit.CircuitException;
import dev.postern.circuit.TcpStream;
import dev.postern.cli.forward.ForwardSyntax;
import dev.postern.cli.forward.StdioBridge;
import dev.postern.cli.report.ExitCodes;
import dev.postern.cli.surroundings.Surroundings;
import dev.postern.cli.target.ForwardOptions;
import dev.postern.route.ForwardAddress;
import dev.postern.route.ForwardAddress.Tcp;
import dev.postern.route.ForwardAddress.UnixSocket;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/** {@code -W}: standard input and output are one connection from the far end, and nothing else. */
record StdioForward(ForwardAddress target) {
  static StdioForward parse(String text) {
    try {
      ForwardAddress target = ForwardSyntax.target(text);
      if (target instanceof Tcp tcp && tcp.port() == 0) {
        throw new IllegalArgumentException("port 0 is nowhere to connect to");
      }
      return new StdioForward(target);
    } catch (IllegalArgumentException e) {
      throw ForwardOptions.bad("-W ", text, e);
    }
  }

  int run(Circuit circuit, Surroundings surroundings)
      throws CircuitException, IOException, InterruptedException {
    AtomicBoolean ended = new AtomicBoolean();
    try (TcpStream connection = connect(circuit)) {
      // Who uses us as a ProxyCommand ends us by a signal, and that is no failure.
      for (String signal : List.of("INT", "TERM", "HUP")) {
        surroundings
            .signals()
            .on(
                signal,
                () -> {
                  ended.set(true);
                  circuit.closeAsync();
                });
      }
      new StdioBridge(surroundings.input(), surroundings.output(), ended::get).carry(connection);
    }
    return ExitCodes.OK;
  }

  private TcpStream connect(Circuit circuit) throws CircuitException, InterruptedException {
    if (target instanceof UnixSocket socket) {
      return circuit.openUnix(socket.path());
    }
    Tcp tcp = (Tcp) target;
    return circuit.openTcp(new Endpoint(tcp.host(), tcp.port()));
  }
}
