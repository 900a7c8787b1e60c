package dev.postern.fleet;

import static java.util.Objects.requireNonNull;

import dev.postern.circuit.TerminalRequest;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apiguardian.api.API;

/** What is to be run, on which targets, and within which limits. Immutable. */
@API(status = API.Status.EXPERIMENTAL, since = "1.0")
public final class FleetOrder {
  private final List<FleetTarget> targets;
  private final String command;
  private final Optional<TerminalRequest> terminal;
  private final int parallel;
  private final int handshakes;
  private final Optional<Duration> connectTimeout;
  private final Optional<Duration> commandTimeout;
  private final boolean failFast;

  private FleetOrder(Builder builder) {
    this.targets = builder.targets;
    this.command = builder.command;
    this.terminal = builder.terminal;
    this.parallel = builder.parallel;
    this.handshakes = builder.handshakes;
    this.connectTimeout = builder.connectTimeout;
    this.commandTimeout = builder.commandTimeout;
    this.failFast = builder.failFast;
  }

  /**
   * Begins an order.
   *
   * @param command one line, which each server hands to the user's shell as it is
   * @throws IllegalArgumentException if two targets have the same name
   */
  public static Builder of(List<FleetTarget> targets, String command) {
    return new Builder(targets, command);
  }

  /** The targets, in the order in which they are begun. */
  public List<FleetTarget> targets() {
    return targets;
  }

  /** The command. */
  public String command() {
    return command;
  }

  /** The terminal that each command gets, empty for none. */
  public Optional<TerminalRequest> terminal() {
    return terminal;
  }

  /** The most targets that are worked on at the same time. */
  public int parallel() {
    return parallel;
  }

  /** The most handshakes at the same time with one address. */
  public int handshakes() {
    return handshakes;
  }

  /** What holds in place of the {@code connect-timeout} of every hop; empty for those. */
  public Optional<Duration> connectTimeout() {
    return connectTimeout;
  }

  /** How long a command may take from its start, empty for any time. */
  public Optional<Duration> commandTimeout() {
    return commandTimeout;
  }

  /** Whether the first target that fails, or whose command returns other than 0, stops the run. */
  public boolean failFast() {
    return failFast;
  }

  /** Collects the limits. Not safe for use by several threads. */
  public static final class Builder {
    private final List<FleetTarget> targets;
    private final String command;
    private Optional<TerminalRequest> terminal = Optional.empty();
    private int parallel = 32;
    private int handshakes = 8;
    private Optional<Duration> connectTimeout = Optional.empty();
    private Optional<Duration> commandTimeout = Optional.empty();
    private boolean failFast;

    private Builder(List<FleetTarget> targets, String command) {
      this.targets = List.copyOf(targets);
      this.command = requireNonNull(command, "command is null");
      Set<String> names = new HashSet<>();
      for (FleetTarget target : targets) {
        if (!names.add(target.name())) {
          throw new IllegalArgumentException("two targets have the name " + target.name());
        }
      }
    }

    /** Gives each command a terminal, for servers that run none without. */
    public Builder terminal(TerminalRequest request) {
      this.terminal = Optional.of(request);
      return this;
    }

    /**
     * The most targets that are worked on at the same time, 32 unless set. However many that are,
     * no more than 24 are being connected at a time.
     */
    public Builder parallel(int most) {
      this.parallel = positive(most, "parallel");
      return this;
    }

    /**
     * The most handshakes at the same time with one address, 8 unless set: servers drop connections
     * that are not signed in when there are more than ten (OpenSSH: MaxStartups).
     */
    public Builder handshakes(int most) {
      this.handshakes = positive(most, "handshakes");
      return this;
    }

    /** Holds in place of the {@code connect-timeout} of every hop. */
    public Builder connectTimeout(Duration limit) {
      this.connectTimeout = Optional.of(positive(limit, "connectTimeout"));
      return this;
    }

    /**
     * Gives a command up that takes longer, with {@code PST-R003}, and sends it {@code SIGTERM},
     * which it and its server may ignore. Unlimited unless set.
     */
    public Builder commandTimeout(Duration limit) {
      this.commandTimeout = Optional.of(positive(limit, "commandTimeout"));
      return this;
    }

    /** Stops the run at the first target that fails, or whose command returns other than 0. */
    public Builder failFast() {
      this.failFast = true;
      return this;
    }

    /** The order. */
    public FleetOrder build() {
      return new FleetOrder(this);
    }

    private static int positive(int value, String name) {
      if (value < 1) {
        throw new IllegalArgumentException(name + " is " + value + ", not at least 1");
      }
      return value;
    }

    private static Duration positive(Duration value, String name) {
      if (value.isNegative() || value.isZero()) {
        throw new IllegalArgumentException(name + " is not longer than nothing");
      }
      return value;
    }
  }
}
