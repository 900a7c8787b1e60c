package dev.postern.cli.forward;

import dev.postern.route.ForwardAddress;
import dev.postern.route.ForwardAddress.UnixSocket;
import dev.postern.route.ForwardSpec;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Reads OpenSSH's {@code -L}, {@code -R} and {@code -D}, and the same in its configuration. Every
 * reader throws {@link IllegalArgumentException} with what is wrong.
 *
 * @param directory where a relative path of this machine's starts
 * @param gatewayPorts whether a listener of this machine without an address is open to others
 */
public record ForwardSyntax(Path directory, boolean gatewayPorts) {
  private static final String LOCAL_FORM =
      "write it like 15432:localhost:5432 or 127.0.0.1:15432:localhost:5432";
  private static final String REMOTE_FORM = "write it like 8080:localhost:80, or 1080 for SOCKS";
  private static final String DYNAMIC_FORM = "write it like 1080 or 127.0.0.1:1080";

  /** {@code [bind:]port} or a path, then {@code host:port} or a path. */
  public ForwardSpec local(String text) {
    Sides sides = sides(text, LOCAL_FORM);
    return ForwardSpec.local(
        sides.listen.address(this::here, defaultHost()),
        sides.target.orElseThrow(() -> wrong(LOCAL_FORM)).address(UnixSocket::new, ""));
  }

  /** The same from the far end; without a target it is SOCKS. */
  public ForwardSpec remote(String text) {
    Sides sides = sides(text, REMOTE_FORM);
    ForwardAddress listen = sides.listen.address(UnixSocket::new, "localhost");
    return sides
        .target
        .map(target -> ForwardSpec.remote(listen, target.address(this::here, "")))
        .orElseGet(() -> ForwardSpec.remote(listen));
  }

  /** {@code [bind:]port}, or a path. */
  public ForwardSpec dynamic(String text) {
    Sides sides = sides(text, DYNAMIC_FORM);
    if (sides.target.isPresent()) {
      throw wrong(DYNAMIC_FORM);
    }
    return ForwardSpec.dynamic(sides.listen.address(this::here, defaultHost()));
  }

  /** {@code host:port}, or a path at the far end: {@code -W}. */
  public static ForwardAddress target(String text) {
    ForwardFields fields = ForwardFields.of(text);
    if (fields.size() == 1 && fields.isPath(0)) {
      return new UnixSocket(fields.text(0));
    }
    if (fields.size() != 2) {
      throw wrong("write it like db.internal:5432");
    }
    return tcp(fields.text(0), fields.text(1));
  }

  private String defaultHost() {
    return gatewayPorts ? "*" : "127.0.0.1";
  }

  private UnixSocket here(String path) {
    return new UnixSocket(directory.resolve(path).normalize().toString());
  }

  private interface Paths {
    UnixSocket socket(String path);
  }

  /** One half of the text. As in OpenSSH, an empty host stands for every interface. */
  private record Side(Optional<String> host, String rest, boolean isPath) {
    ForwardAddress address(Paths paths, String defaultHost) {
      if (isPath) {
        return paths.socket(rest);
      }
      String named = host.orElse(defaultHost);
      return tcp(named.isEmpty() ? "*" : named, rest);
    }
  }

  private record Sides(Side listen, Optional<Side> target) {}

  private static Sides sides(String text, String form) {
    ForwardFields fields = ForwardFields.of(text);
    int listening = listening(fields, form);
    Side listen = side(fields, 0, listening);
    if (listening == fields.size()) {
      return new Sides(listen, Optional.empty());
    }
    Side target = side(fields, listening, fields.size());
    boolean whole = target.isPath || target.host.filter(host -> !host.isEmpty()).isPresent();
    if (!whole) {
      throw wrong(form);
    }
    return new Sides(listen, Optional.of(target));
  }

  /** How many fields say where to listen, as parse_forward of OpenSSH's readconf.c has it. */
  private static int listening(ForwardFields fields, String form) {
    boolean first = fields.isPath(0);
    boolean last = fields.isPath(fields.size() - 1);
    return switch (fields.size()) {
      case 1 -> 1;
      case 2 -> first || last ? 1 : 2;
      case 3 -> last && !first ? 2 : 1;
      case 4 -> 2;
      default -> throw wrong(form);
    };
  }

  private static Side side(ForwardFields fields, int from, int to) {
    int last = to - 1;
    if (to - from == 1) {
      return new Side(Optional.empty(), fields.text(last), fields.isPath(last));
    }
    return new Side(Optional.of(fields.text(from)), fields.text(last), false);
  }

  private static ForwardAddress tcp(String host, String port) {
    return ForwardAddress.of((host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port);
  }

  private static IllegalArgumentException wrong(String form) {
    return new IllegalArgumentException(form);
  }
}
