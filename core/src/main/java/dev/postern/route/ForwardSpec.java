package dev.postern.route;

import static java.util.Objects.requireNonNull;

import dev.postern.route.ForwardAddress.Tcp;
import java.util.Optional;
import org.apiguardian.api.API;

/**
 * What a forward does.
 *
 * @param type which side listens
 * @param listen where: on this machine, or for {@link ForwardType#REMOTE} at the last hop
 * @param target where connections go from the other side, which also resolves the name; empty where
 *     whoever connects says it by SOCKS
 * @param unlink whether a Unix socket that is in the way of ours on this machine is removed first
 */
@API(status = API.Status.EXPERIMENTAL, since = "1.0")
public record ForwardSpec(
    ForwardType type, ForwardAddress listen, Optional<ForwardAddress> target, boolean unlink) {
  /**
   * Checks the values.
   *
   * @throws IllegalArgumentException if a local forward has no target, a dynamic one has one, or
   *     the target is port 0 or {@code *}
   */
  public ForwardSpec {
    requireNonNull(type, "type is null");
    requireNonNull(listen, "listen is null");
    requireNonNull(target, "target is null");
    if (type == ForwardType.LOCAL && target.isEmpty()) {
      throw new IllegalArgumentException("a local forward needs a target");
    }
    if (type == ForwardType.DYNAMIC && target.isPresent()) {
      throw new IllegalArgumentException("a dynamic forward has no target: its clients say it");
    }
    if (target.isPresent() && target.get() instanceof Tcp tcp) {
      if (tcp.port() == 0) {
        throw new IllegalArgumentException("port 0 is nowhere to connect to");
      }
      if (tcp.host().equals("*")) {
        throw new IllegalArgumentException("* is nowhere to connect to; name a host");
      }
    }
  }

  /** This machine listens, and connections go to the target from the last hop. */
  public static ForwardSpec local(ForwardAddress listen, ForwardAddress target) {
    return new ForwardSpec(ForwardType.LOCAL, listen, Optional.of(target), false);
  }

  /** The last hop listens, and connections go to the target from this machine. */
  public static ForwardSpec remote(ForwardAddress listen, ForwardAddress target) {
    return new ForwardSpec(ForwardType.REMOTE, listen, Optional.of(target), false);
  }

  /** The last hop listens for SOCKS, and connections go out from this machine. */
  public static ForwardSpec remote(ForwardAddress listen) {
    return new ForwardSpec(ForwardType.REMOTE, listen, Optional.empty(), false);
  }

  /** This machine listens for SOCKS, and connections go out from the last hop. */
  public static ForwardSpec dynamic(ForwardAddress listen) {
    return new ForwardSpec(ForwardType.DYNAMIC, listen, Optional.empty(), false);
  }

  /**
   * A local forward as it is written.
   *
   * @param local {@code 15432}, {@code 127.0.0.1:15432}, {@code [::1]:15432}, {@code *:15432} for
   *     all interfaces, or {@code /run/user/1000/db.sock}
   * @param remote {@code localhost:5432}, or {@code /run/postgresql/.s.PGSQL.5432}
   * @throws IllegalArgumentException if either cannot be understood; the message says which and how
   *     it should look
   */
  public static ForwardSpec of(String local, String remote) {
    boolean hasTarget = remote.startsWith("/") || remote.lastIndexOf(':') > 0;
    if (local.lastIndexOf(':') == 0 || !hasTarget) {
      throw new IllegalArgumentException(
          "a forward goes from a local address such as 127.0.0.1:15432 to a remote one such as localhost:5432, not from \"%s\" to \"%s\""
              .formatted(local, remote));
    }
    return local(ForwardAddress.of(local), ForwardAddress.of(remote));
  }

  /** The same, with a socket that is in the way removed or not. */
  public ForwardSpec withUnlink(boolean yes) {
    return new ForwardSpec(type, listen, target, yes);
  }

  /**
   * {@code 127.0.0.1:15432 -> localhost:5432}, {@code remote *:8080 -> localhost:80}, {@code
   * 127.0.0.1:1080 -> SOCKS}.
   */
  @Override
  public String toString() {
    return (type == ForwardType.REMOTE ? "remote " : "")
        + listen
        + " -> "
        + target.map(ForwardAddress::toString).orElse("SOCKS");
  }
}
