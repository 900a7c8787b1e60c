package dev.postern.cli;

import dev.postern.Postern;
import dev.postern.circuit.Circuit;
import dev.postern.circuit.CircuitException;
import dev.postern.problem.ConfigException;
import dev.postern.route.Route;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A route by name, or one in OpenSSH's letters. */
final class RouteOptions {
  @Parameters(
      index = "0",
      paramLabel = "ROUTE",
      description =
          "A route of the configuration, or [user@]host[:port] or ssh://[user@]host[:port].")
  private String route = "";

  @ArgGroup(validate = false)
  private ConfigOptions config = new ConfigOptions();

  @Option(names = "-J", paramLabel = "HOPS", description = "Hops on the way: [user@]host[:port],…")
  private @Nullable String jumps;

  @Option(names = "-l", paramLabel = "USER", description = "The user at the destination.")
  private @Nullable String user;

  @Option(names = "-p", paramLabel = "PORT", description = "The port of the destination.")
  private @Nullable Integer port;

  @Option(
      names = "-i",
      paramLabel = "FILE",
      description = "A key to sign in with, at every hop. May be repeated.")
  private List<Path> identities = new ArrayList<>();

  @Option(
      names = "-o",
      paramLabel = "KEY=VALUE",
      description = "An option of ssh_config. May be repeated.")
  private List<String> options = new ArrayList<>();

  @Option(
      names = {"-v", "--verbose"},
      description = "Print the trail on standard error.")
  private boolean verbose;

  @Option(names = "--json", description = "Report failures in JSON.")
  private boolean json;

  boolean isVerbose() {
    return verbose;
  }

  boolean isJson() {
    return json;
  }

  /** What is opened. */
  String name() {
    return route;
  }

  /** The Postern for this route; the caller closes it. */
  Postern postern(Console console) {
    Optional<Route> adHoc = adHoc();
    Postern.Builder builder = config.builder(console, SshOptions.parse(options).isBatch());
    return adHoc.isPresent()
        ? builder.build()
        : builder.configuration(config.require(console)).build();
  }

  /** Opens the route, and prints the trail if that is wanted. */
  Circuit open(Postern postern, Console console) throws CircuitException, InterruptedException {
    Optional<Route> adHoc = adHoc();
    try {
      Circuit circuit = adHoc.isPresent() ? postern.open(adHoc.get()) : postern.open(route);
      if (verbose) {
        console.say(circuit.trail().toString());
      }
      return circuit;
    } catch (CircuitException e) {
      if (verbose && !json) {
        console.say(e.trail().toString());
      }
      throw e;
    }
  }

  /**
   * The route that the letters say; empty if the name is one of the configuration.
   *
   * @throws ConfigException if they make no route
   */
  Optional<Route> adHoc() {
    boolean letters =
        jumps != null
            || user != null
            || port != null
            || !identities.isEmpty()
            || !options.isEmpty();
    boolean destination = route.contains("@") || route.contains(":");
    if (!letters && !destination) {
      return Optional.empty();
    }
    return Optional.of(
        AdHocRoute.of(
            route,
            Optional.ofNullable(jumps),
            Optional.ofNullable(user),
            Optional.ofNullable(port),
            identities,
            SshOptions.parse(options)));
  }
}
