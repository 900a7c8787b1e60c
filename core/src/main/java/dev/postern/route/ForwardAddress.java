package dev.postern.route;

import static java.util.Objects.requireNonNull;

import java.util.regex.Pattern;
import org.apiguardian.api.API;

/** One end of a forward: where it listens, or where its connections go. */
@API(status = API.Status.EXPERIMENTAL, since = "1.0")
public sealed interface ForwardAddress {
  /**
   * An address as it is written.
   *
   * @param text a port of {@code 127.0.0.1}, {@code host:port}, {@code [::1]:5432}, {@code *:5432}
   *     for every interface, or the path of a Unix socket, which begins with a slash
   * @throws IllegalArgumentException if it cannot be understood; the message says how it should
   *     look
   */
  static ForwardAddress of(String text) {
    if (text.startsWith("/")) {
      return new UnixSocket(text);
    }
    int colon = text.lastIndexOf(':');
    String host = colon < 0 ? Tcp.LOOPBACK : Tcp.unbracketed(text.substring(0, colon));
    return new Tcp(host, Tcp.port(text.substring(colon + 1), text));
  }

  /** Whether only this machine can connect to it: a Unix socket, or a loopback address. */
  boolean isLocal();

  /**
   * A TCP port.
   *
   * @param host a name or an address, an IPv6 address without brackets; {@code *} stands for every
   *     interface of a listener
   * @param port 0 to 65535; a listener on 0 gets any free one
   */
  @API(status = API.Status.EXPERIMENTAL, since = "1.0")
  record Tcp(String host, int port) implements ForwardAddress {
    static final String LOOPBACK = "127.0.0.1";
    private static final Pattern UNFIT = Pattern.compile("^-|[\\s\\p{Cntrl}]");
    private static final Pattern LOOPBACKS =
        Pattern.compile("localhost|127(\\.[0-9]{1,3}){3}|(0{0,4}:){2,7}0{0,3}1");

    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException if the host is empty or the port is not from 0 to 65535
     */
    public Tcp {
      requireNonNull(host, "host is null");
      if (host.isEmpty()) {
        throw new IllegalArgumentException("the host is empty");
      }
      if (port < 0 || port > 65_535) {
        throw new IllegalArgumentException("port " + port + " is not from 0 to 65535");
      }
    }

    private static String unbracketed(String host) {
      if (UNFIT.matcher(host).find()) {
        throw new IllegalArgumentException(
            "\"%s\" cannot be a host's name or address"
                .formatted(host.replaceAll("\\p{Cntrl}", "?")));
      }
      boolean bracketed = host.startsWith("[") && host.endsWith("]");
      if (host.indexOf(':') >= 0 && !bracketed) {
        throw new IllegalArgumentException(
            "\"%s\" is more than a host; put an IPv6 address in brackets: [::1]:5432"
                .formatted(host));
      }
      return bracketed ? host.substring(1, host.length() - 1) : host;
    }

    private static int port(String text, String whole) {
      try {
        return Integer.parseInt(text);
      } catch (NumberFormatException e) {
        throw new IllegalArgumentException(
            "\"%s\" does not end in a port; write it like 127.0.0.1:15432".formatted(whole), e);
      }
    }

    /** Whether the host is a loopback address or {@code localhost}. */
    @Override
    public boolean isLocal() {
      return LOOPBACKS.matcher(host).matches();
    }

    /** {@code host:port}, with brackets around an IPv6 address. */
    @Override
    public String toString() {
      return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
    }
  }

  /**
   * A Unix socket.
   *
   * @param path its path, absolute
   */
  @API(status = API.Status.EXPERIMENTAL, since = "1.0")
  record UnixSocket(String path) implements ForwardAddress {
    private static final Pattern UNFIT = Pattern.compile("\\p{Cntrl}");

    /**
     * Checks the path.
     *
     * @throws IllegalArgumentException if it does not begin with a slash, or has a control
     *     character
     */
    public UnixSocket {
      requireNonNull(path, "path is null");
      if (!path.startsWith("/") || UNFIT.matcher(path).find()) {
        throw new IllegalArgumentException(
            "\"%s\" cannot be the path of a Unix socket; it begins with a slash"
                .formatted(UNFIT.matcher(path).replaceAll("?")));
      }
    }

    /** True: its mode says who may connect. */
    @Override
    public boolean isLocal() {
      return true;
    }

    /** The path. */
    @Override
    public String toString() {
      return path;
    }
  }
}
