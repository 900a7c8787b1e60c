package dev.postern.cli;

import dev.postern.route.Route;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes a route of OpenSSH's letters. Each hop tries keys, then asks the person, as ssh does. */
final class AdHocRoute {
  private AdHocRoute() {}

  static Route of(
      String destination,
      Optional<String> jumps,
      Optional<String> user,
      Optional<Integer> port,
      List<Path> identities,
      SshOptions options) {
    Route.Builder route = Route.named(destination).origin("command line");
    options.policy().forEach(route::set);
    Map<String, Object> keys = new LinkedHashMap<>(options.publickey());
    List<String> files = new ArrayList<>();
    identities.forEach(file -> files.add(file.toAbsolutePath().toString()));
    files.addAll(options.identities());
    if (!files.isEmpty()) {
      keys.put("identities", files);
    }
    for (String jump :
        jumps
            .filter(list -> !list.equals("none"))
            .map(list -> list.split(",", -1))
            .orElse(new String[0])) {
      hop(route, Destination.parse(jump), Optional.empty(), Optional.empty(), keys);
    }
    Optional<Integer> configuredPort =
        Optional.ofNullable(options.destination().get("port")).map(AdHocRoute::port);
    hop(
        route,
        Destination.parse(destination),
        user.or(() -> Optional.ofNullable(options.destination().get("user"))),
        port.or(() -> configuredPort),
        keys);
    return route.build();
  }

  private static int port(String text) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw Destination.bad("-o Port=" + text, "a port is a number");
    }
  }

  private static void hop(
      Route.Builder route,
      Destination destination,
      Optional<String> user,
      Optional<Integer> port,
      Map<String, Object> keys) {
    String name = destination.user().or(() -> user).orElse(System.getProperty("user.name"));
    route.hop(
        name,
        destination.host(),
        hop -> {
          hop.port(destination.port().orElse(port.orElse(22)));
          hop.auth("publickey", keys);
          hop.auth("interactive", Map.of());
        });
  }
}
