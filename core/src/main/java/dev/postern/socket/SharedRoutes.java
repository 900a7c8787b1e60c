package dev.postern.socket;

import static java.util.concurrent.TimeUnit.SECONDS;

import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The routes of this process that have sockets. Static, as drivers make a factory of their own for
 * each connection and give it nothing but a text: see docs/decisions.
 */
final class SharedRoutes {
  private static final int LINGER_SECONDS = 60;
  private static final Map<RouteName, SharedRoute> ROUTES = new ConcurrentHashMap<>();

  private SharedRoutes() {}

  static SharedRoute of(RouteName name) {
    return ROUTES.computeIfAbsent(
        name,
        route ->
            new SharedRoute(
                new ConfiguredRoute(route),
                CompletableFuture.delayedExecutor(LINGER_SECONDS, SECONDS),
                InstantSource.system()));
  }
}
