package dev.postern.socket;

import dev.postern.Postern;
import dev.postern.circuit.Circuit;
import dev.postern.core.socket.StreamConnector;
import dev.postern.problem.Code;
import dev.postern.problem.ConfigException;
import dev.postern.problem.ConfigProblem;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * A route of a configuration, which is read anew for each circuit. Its forwards stay closed: nobody
 * who asks for sockets wants listeners.
 */
record ConfiguredRoute(RouteName name) implements RouteOpener {
  @Override
  public Opening open() {
    Postern.Builder builder = Postern.builder().withoutForwards();
    name.file().ifPresentOrElse(builder::configuration, builder::findConfiguration);
    Postern postern = builder.build();
    try {
      String route = name.route().orElseGet(() -> only(postern.routes()));
      CompletableFuture<Circuit> circuit = postern.openAsync(route);
      return new Opening(
          circuit.thenApply(ConfiguredRoute::connector),
          circuit.thenCompose(Circuit::closed),
          postern::close);
    } catch (RuntimeException e) {
      postern.close();
      throw e;
    }
  }

  private static StreamConnector connector(Circuit circuit) {
    return endpoint -> circuit.openTcpAsync(endpoint).toCompletableFuture();
  }

  private static String only(List<String> routes) {
    if (routes.size() == 1) {
      return routes.get(0);
    }
    throw new ConfigException(
        List.of(
            new ConfigProblem(
                Code.CONFIG_UNKNOWN_ROUTE,
                "",
                "",
                "no route is named, and the configuration has %d; name one: ROUTE or FILE#ROUTE"
                    .formatted(routes.size()))));
  }
}
