package dev.postern.route;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import org.apiguardian.api.API;

/**
 * A route written in code. Its settings have the keys of the configuration file and are validated
 * like them; where a secret is wanted, a {@link dev.postern.api.secret.Secret} may stand.
 * Immutable.
 */
@API(status = API.Status.MAINTAINED, since = "1.0")
public final class Route {
  private final String name;
  private final String origin;
  private final Map<String, Object> settings;

  private Route(String name, String origin, Map<String, Object> settings) {
    this.name = name;
    this.origin = origin;
    this.settings = Map.copyOf(settings);
  }

  /** Begins a route; the name is for messages. */
  public static Builder named(String name) {
    return new Builder(name);
  }

  /** What messages name as the place of its settings: {@code code} unless set. */
  public String origin() {
    return origin;
  }

  /** The name. */
  public String name() {
    return name;
  }

  /**
   * The settings, as a route has them in the configuration file: {@code hops}, {@code forwards},
   * and any default for its hops.
   */
  public Map<String, Object> settings() {
    return settings;
  }

  /** Collects hops and settings. Not safe for use by several threads. */
  public static final class Builder {
    private final String name;
    private String origin = "code";
    private final Map<String, Object> settings = new LinkedHashMap<>();
    private final List<Map<String, Object>> hops = new ArrayList<>();
    private final List<Map<String, Object>> forwards = new ArrayList<>();

    private Builder(String name) {
      this.name = requireNonNull(name, "name is null");
    }

    /** Says where the settings come from, for messages: {@code command line}. */
    public Builder origin(String description) {
      this.origin = requireNonNull(description, "description is null");
      return this;
    }

    /** Adds a hop on port 22. */
    public Builder hop(String user, String host, Consumer<HopBuilder> details) {
      return hop(
          host,
          hop -> {
            hop.set("user", requireNonNull(user, "user is null"));
            details.accept(hop);
          });
    }

    /**
     * Adds a hop on port 22 whose user is said in the details, or by the defaults, or is the user
     * of this machine.
     */
    public Builder hop(String host, Consumer<HopBuilder> details) {
      HopBuilder hop = new HopBuilder(host);
      details.accept(hop);
      hops.add(hop.settings());
      return this;
    }

    /**
     * Sets what holds for all hops that do not say otherwise: {@code set("connect-timeout", "5s")}.
     */
    public Builder set(String key, Object value) {
      settings.put(key, value);
      return this;
    }

    /** Adds a forward: {@code forward("127.0.0.1:0", "localhost:5432")}. */
    public Builder forward(String local, String remote) {
      forwards.add(Map.of("local", local, "remote", remote));
      return this;
    }

    /** Adds a forward of any type. */
    public Builder forward(ForwardSpec spec) {
      boolean remote = spec.type() == ForwardType.REMOTE;
      Map<String, Object> forward = new LinkedHashMap<>();
      forward.put("type", spec.type().name().toLowerCase(Locale.ROOT));
      forward.put(remote ? "remote" : "local", spec.listen().toString());
      spec.target()
          .ifPresent(target -> forward.put(remote ? "local" : "remote", target.toString()));
      forward.put("unlink", spec.unlink());
      forwards.add(forward);
      return this;
    }

    /** The route. It is validated when it is opened. */
    public Route build() {
      Map<String, Object> all = new LinkedHashMap<>(settings);
      all.put("hops", List.copyOf(hops));
      if (!forwards.isEmpty()) {
        all.put("forwards", List.copyOf(forwards));
      }
      return new Route(name, origin, all);
    }
  }

  /** Collects the settings of one hop. Not safe for use by several threads. */
  public static final class HopBuilder {
    private final Map<String, Object> settings = new LinkedHashMap<>();
    private final List<Map<String, Object>> auth = new ArrayList<>();

    private HopBuilder(String host) {
      settings.put("host", requireNonNull(host, "host is null"));
    }

    /** Sets the port. */
    public HopBuilder port(int port) {
      return set("port", port);
    }

    /**
     * Adds a strategy with its settings: {@code auth("password", Map.of("password",
     * Secret.of(value)))}.
     */
    public HopBuilder auth(String type, Map<String, ?> strategySettings) {
      Map<String, Object> strategy = new LinkedHashMap<>(strategySettings);
      strategy.put("type", type);
      auth.add(strategy);
      return this;
    }

    /** Sets any other key of a hop: {@code set("strict-host-keys", "accept-new")}. */
    public HopBuilder set(String key, Object value) {
      settings.put(key, value);
      return this;
    }

    private Map<String, Object> settings() {
      Map<String, Object> all = new LinkedHashMap<>(settings);
      all.put("auth", List.copyOf(auth));
      return all;
    }
  }
}
