package dev.postern.cli.command;

import dev.postern.cli.status.StatusPlaces;
import dev.postern.cli.status.StatusSocket;
import dev.postern.cli.status.StatusSource;
import dev.postern.cli.surroundings.AtExit;
import dev.postern.cli.surroundings.Distribution;
import dev.postern.cli.surroundings.Surroundings;
import dev.postern.problem.Code;
import java.io.IOException;
import java.util.Optional;

/** Has {@code status} see a route for as long as this process holds it. */
public final class ShownInStatus implements AutoCloseable {
  private final Optional<StatusSocket> socket;
  private final AtExit closing;

  private ShownInStatus(Optional<StatusSocket> socket) {
    this.socket = socket;
    this.closing = AtExit.run("postern-close-status", this::closeSocket);
  }

  /** From now on. Without it, the route is as good: the reason is only told to who wants it. */
  static ShownInStatus begin(Surroundings surroundings, StatusSource source, boolean verbose) {
    try {
      long pid = ProcessHandle.current().pid();
      return new ShownInStatus(Optional.of(StatusSocket.open(places(surroundings), pid, source)));
    } catch (IOException | UnsupportedOperationException e) {
      if (verbose) {
        surroundings.complain(
            "status will not show this route: %s [%s]"
                .formatted(e.getMessage(), Code.STATUS_UNAVAILABLE));
      }
      return nowhere();
    }
  }

  /** Not at all. */
  static ShownInStatus nowhere() {
    return new ShownInStatus(Optional.empty());
  }

  /** Those of a distribution see each other. */
  public static StatusPlaces places(Surroundings surroundings) {
    Distribution distribution = surroundings.distribution();
    return new StatusPlaces(
        surroundings.environment(),
        surroundings.home(),
        distribution.isPostern() ? Optional.empty() : Optional.of(distribution.name()));
  }

  @Override
  public void close() {
    closeSocket();
    closing.forget();
  }

  private void closeSocket() {
    socket.ifPresent(StatusSocket::close);
  }
}
