package dev.postern.cli.forward;

import dev.postern.circuit.Forward;
import dev.postern.route.ForwardAddress;
import dev.postern.route.ForwardAddress.Tcp;
import dev.postern.route.ForwardSpec;
import dev.postern.route.ForwardType;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What is told of a forward. */
public final class ForwardText {
  private ForwardText() {}

  /** That it listens; for a port that the far end chose, in OpenSSH's words. */
  public static String listening(Forward forward) {
    ForwardSpec spec = forward.spec();
    String target = spec.target().map(ForwardAddress::toString).orElse("SOCKS");
    if (spec.type() != ForwardType.REMOTE) {
      return "Listening on %s -> %s".formatted(forward.address(), target);
    }
    if (spec.listen() instanceof Tcp wanted && wanted.port() == 0) {
      return "Allocated port %d for remote forward to %s".formatted(forward.port(), target);
    }
    return "Listening at the far end on %s -> %s".formatted(forward.address(), target);
  }

  /** With the keys that it has in the configuration. */
  public static Map<String, Object> json(Forward forward) {
    ForwardSpec spec = forward.spec();
    boolean remote = spec.type() == ForwardType.REMOTE;
    Map<String, Object> report = new LinkedHashMap<>();
    report.put("type", spec.type().name().toLowerCase(Locale.ROOT));
    report.put(remote ? "remote" : "local", forward.address().toString());
    spec.target().ifPresent(target -> report.put(remote ? "local" : "remote", target.toString()));
    return report;
  }

  /** What to say if others than this machine's users may connect. */
  public static Optional<String> warning(Forward forward) {
    ForwardSpec spec = forward.spec();
    if (spec.listen().isLocal()) {
      return Optional.empty();
    }
    String where = spec.type() == ForwardType.REMOTE ? "the far end" : "this machine";
    String whereTo =
        spec.target()
            .map(target -> "is at " + target)
            .orElse("may go anywhere through it, without signing in");
    return Optional.of(
        "warning: whoever reaches %s on %s %s; listen on 127.0.0.1 to keep it to yourself"
            .formatted(where, forward.address(), whereTo));
  }
}
