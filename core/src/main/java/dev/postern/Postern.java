package dev.postern;

import dev.postern.api.hop.Person;
import dev.postern.api.hop.Time;
import dev.postern.circuit.Circuit;
import dev.postern.circuit.CircuitException;
import dev.postern.problem.ConfigException;
import dev.postern.route.Explanation;
import dev.postern.route.Route;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Opens routes. One instance serves a whole application: it owns the threads, and circuits of one
 * instance share hops. Safe for use by several threads.
 */
@SuppressWarnings("DoNotCallSuggester")
public final class Postern implements AutoCloseable {
  private Postern() {}

  /**
   * Reads and validates a configuration file.
   *
   * @throws ConfigException with everything that is wrong
   */
  public static Postern load(Path configuration) {
    return builder().configuration(configuration).build();
  }

  /** For everything else than the defaults. */
  public static Builder builder() {
    return new Builder();
  }

  /** The names of the routes, in the order of the file. */
  public List<String> routes() {
    throw new IllegalStateException("not wired");
  }

  /**
   * Opens a route of the configuration. Returns when every hop has let us in.
   *
   * @throws ConfigException if there is no such route ({@code PST-C005})
   * @throws CircuitException if a hop cannot be passed; nothing is left open
   */
  public Circuit open(String route) throws CircuitException, InterruptedException {
    throw new IllegalStateException("not wired");
  }

  /** Begins to open a route. Cancelling the future ends the attempt and leaves nothing behind. */
  public CompletableFuture<Circuit> openAsync(String route) {
    throw new IllegalStateException("not wired");
  }

  /**
   * Opens a route written in code.
   *
   * @throws ConfigException if its settings do not hold
   * @throws CircuitException if a hop cannot be passed; nothing is left open
   */
  public Circuit open(Route route) throws CircuitException, InterruptedException {
    throw new IllegalStateException("not wired");
  }

  /** Begins to open a route written in code. */
  public CompletableFuture<Circuit> openAsync(Route route) {
    throw new IllegalStateException("not wired");
  }

  /**
   * A route as it will be used, with the origin of each value, secrets masked. Connects to nothing.
   *
   * @throws ConfigException if there is no such route
   */
  public Explanation explain(String route) {
    throw new IllegalStateException("not wired");
  }

  /** The same for a route written in code. */
  public Explanation explain(Route route) {
    throw new IllegalStateException("not wired");
  }

  /** Closes every circuit, and ends the threads. */
  @Override
  public void close() {}

  /** Collects what an instance is made of. Not safe for use by several threads. */
  @SuppressWarnings("DoNotCallSuggester")
  public static final class Builder {
    private @Nullable Path configuration;
    private @Nullable Person person;
    private @Nullable Time time;
    private @Nullable Map<String, String> environment;
    private @Nullable Path home;

    private Builder() {}

    /** The configuration file. Without one, only routes written in code can be opened. */
    public Builder configuration(Path file) {
      this.configuration = file;
      return this;
    }

    /** Whom to ask. Without one, nobody can be asked. */
    public Builder person(Person whom) {
      this.person = whom;
      return this;
    }

    /** The clock, for tests. */
    public Builder time(Time clock) {
      this.time = clock;
      return this;
    }

    /** The environment, in place of the process's. */
    public Builder environment(Map<String, String> variables) {
      this.environment = Map.copyOf(variables);
      return this;
    }

    /** The home directory, in place of the user's. */
    public Builder home(Path directory) {
      this.home = directory;
      return this;
    }

    /**
     * Reads and validates the configuration.
     *
     * @throws ConfigException with everything that is wrong
     */
    public Postern build() {
      throw new IllegalStateException(
          "not wired " + configuration + person + time + environment + home);
    }
  }
}
