package dev.postern.cli.local;

import dev.postern.circuit.Forward;
import dev.postern.route.ForwardAddress.Tcp;
import dev.postern.route.ForwardAddress.UnixSocket;
import dev.postern.route.ForwardType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Tells a command by its environment where forwards listen. */
public final class ForwardVariables {
  private static final Pattern OURS = Pattern.compile("POSTERN_(HOST|PORT|SOCKET)(_[0-9]+)?");

  private ForwardVariables() {}

  /**
   * {@code POSTERN_HOST_N} and {@code POSTERN_PORT_N}, or {@code POSTERN_SOCKET_N}, for the Nth
   * forward, from 1; the same without a number for the first of its kind that this machine listens
   * on.
   */
  public static Map<String, String> of(List<Forward> forwards) {
    Map<String, String> variables = new LinkedHashMap<>();
    for (int i = 0; i < forwards.size(); i++) {
      Forward forward = forwards.get(i);
      Map<String, String> values = values(forward);
      String number = "_" + (i + 1);
      values.forEach((name, value) -> variables.put(name + number, value));
      if (forward.spec().type() != ForwardType.REMOTE) {
        values.forEach(variables::putIfAbsent);
      }
    }
    return variables;
  }

  private static Map<String, String> values(Forward forward) {
    if (forward.address() instanceof UnixSocket socket) {
      return Map.of("POSTERN_SOCKET", socket.path());
    }
    Tcp tcp = (Tcp) forward.address();
    return Map.of(
        "POSTERN_HOST", connectable(tcp.host()), "POSTERN_PORT", String.valueOf(tcp.port()));
  }

  /** Every interface is where to listen, but nowhere to connect to. */
  private static String connectable(String host) {
    return switch (host) {
      case "*", "0.0.0.0" -> "127.0.0.1";
      case "::" -> "::1";
      default -> host;
    };
  }

  /** Whether it may be of another of us, around this one. */
  static boolean isOurs(String name) {
    return OURS.matcher(name).matches();
  }
}
