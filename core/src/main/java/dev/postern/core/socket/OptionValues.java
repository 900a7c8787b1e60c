package dev.postern.core.socket;

import java.net.InetSocketAddress;
import java.net.SocketException;
import java.net.SocketOption;
import java.net.SocketOptions;
import java.net.StandardSocketOptions;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The options of a socket. Drivers set them without asking, so each is taken and given back; but
 * for the time-out of reads none does anything: the circuit has its own keepalive and windows, and
 * delays nothing.
 */
final class OptionValues {
  /** Of {@code jdk.net}, which need not be there. */
  private static final Set<String> EXTENDED =
      Set.of("TCP_KEEPIDLE", "TCP_KEEPINTERVAL", "TCP_KEEPCOUNT", "TCP_QUICKACK");

  private static final Map<Integer, Object> DEFAULTS =
      Map.of(
          SocketOptions.SO_TIMEOUT,
          0,
          SocketOptions.TCP_NODELAY,
          true,
          SocketOptions.SO_KEEPALIVE,
          false,
          SocketOptions.SO_LINGER,
          false,
          SocketOptions.SO_SNDBUF,
          64 << 10,
          SocketOptions.SO_RCVBUF,
          64 << 10,
          SocketOptions.IP_TOS,
          0,
          SocketOptions.SO_REUSEADDR,
          false,
          SocketOptions.SO_OOBINLINE,
          false,
          SocketOptions.SO_BINDADDR,
          new InetSocketAddress(0).getAddress());

  private static final Map<SocketOption<?>, Integer> STANDARD =
      Map.of(
          StandardSocketOptions.TCP_NODELAY, SocketOptions.TCP_NODELAY,
          StandardSocketOptions.SO_KEEPALIVE, SocketOptions.SO_KEEPALIVE,
          StandardSocketOptions.SO_LINGER, SocketOptions.SO_LINGER,
          StandardSocketOptions.SO_SNDBUF, SocketOptions.SO_SNDBUF,
          StandardSocketOptions.SO_RCVBUF, SocketOptions.SO_RCVBUF,
          StandardSocketOptions.IP_TOS, SocketOptions.IP_TOS,
          StandardSocketOptions.SO_REUSEADDR, SocketOptions.SO_REUSEADDR);

  private final Map<Integer, Object> values = new ConcurrentHashMap<>(DEFAULTS);
  private final Map<SocketOption<?>, Object> extended = new ConcurrentHashMap<>();

  int readTimeout() {
    return (Integer) get(SocketOptions.SO_TIMEOUT);
  }

  Object get(int option) {
    Object value = values.get(option);
    return value == null ? false : value;
  }

  void set(int option, Object value) throws SocketException {
    if (!DEFAULTS.containsKey(option)) {
      throw new SocketException("a socket of a circuit has no option " + option);
    }
    values.put(option, value);
  }

  /** The value by its option of Java's later kind; null if it was never set. */
  Object get(SocketOption<?> option) {
    Integer standard = STANDARD.get(option);
    if (standard == null) {
      expectKnown(option);
      return extended.getOrDefault(option, option.type() == Boolean.class ? false : 0);
    }
    Object value = get(standard);
    boolean noLinger = option == StandardSocketOptions.SO_LINGER && value instanceof Boolean;
    return noLinger ? -1 : value;
  }

  void set(SocketOption<?> option, Object value) throws SocketException {
    Integer standard = STANDARD.get(option);
    if (standard == null) {
      expectKnown(option);
      extended.put(option, value);
      return;
    }
    boolean noLinger =
        option == StandardSocketOptions.SO_LINGER && value instanceof Integer time && time < 0;
    set(standard, noLinger ? false : value);
  }

  private static void expectKnown(SocketOption<?> option) {
    if (!EXTENDED.contains(option.name())) {
      throw new UnsupportedOperationException(
          "a socket of a circuit has no option '" + option.name() + "'");
    }
  }

  static Set<SocketOption<?>> supported() {
    return new HashSet<>(STANDARD.keySet());
  }
}
