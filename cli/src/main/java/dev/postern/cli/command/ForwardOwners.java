package dev.postern.cli.command;

import dev.postern.circuit.Circuit;
import dev.postern.circuit.CircuitException;
import dev.postern.circuit.Forward;
import dev.postern.circuit.ForwardState;
import dev.postern.circuit.Supervision;
import dev.postern.cli.target.ForwardOptions;
import dev.postern.route.ForwardSpec;
import java.util.List;

/** Circuits and supervised routes, as what forwards are opened on. */
public final class ForwardOwners {
  private ForwardOwners() {}

  public record OfCircuit(Circuit circuit) implements ForwardOptions.Owner {
    @Override
    public Forward forward(ForwardSpec spec) throws CircuitException, InterruptedException {
      return circuit.forward(spec);
    }

    @Override
    public List<Forward> forwards() {
      return circuit.forwards();
    }

    @Override
    public boolean isOpen() {
      return circuit.isOpen();
    }
  }

  public record OfSupervision(Supervision supervision) implements ForwardOptions.Owner {
    @Override
    public Forward forward(ForwardSpec spec) throws CircuitException, InterruptedException {
      return supervision.forward(spec);
    }

    @Override
    public List<Forward> forwards() {
      return supervision.forwards();
    }

    @Override
    public boolean isOpen() {
      return supervision.state() == ForwardState.UP;
    }
  }
}
