package dev.postern.testkit.server;

import static java.util.stream.Collectors.joining;

import dev.postern.api.hop.Endpoint;
import java.io.IOException;
import java.security.KeyPair;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import org.apache.sshd.server.SshServer;
import org.apiguardian.api.API;

/**
 * An SSH server in this process, on a free port of 127.0.0.1, with host keys of its own. Scripted
 * by {@link #builder}; closing it closes its connections. Safe for use by several threads.
 */
@API(status = API.Status.MAINTAINED, since = "1.0")
public final class EmbeddedServer implements AutoCloseable {
  private final SshServer server;
  private final List<KeyPair> hostKeys;
  private final Optional<CertificateAuthority> hostAuthority;
  private final ServerLog log;
  private final ScheduledExecutorService timer;

  EmbeddedServer(
      SshServer server,
      List<KeyPair> hostKeys,
      Optional<CertificateAuthority> hostAuthority,
      ServerLog log,
      ScheduledExecutorService timer) {
    this.server = server;
    this.hostKeys = hostKeys;
    this.hostAuthority = hostAuthority;
    this.log = log;
    this.timer = timer;
  }

  /** A server that lets this user in, once told how. */
  public static ServerScript builder(String user) {
    return new ServerScript(user);
  }

  /** Where it listens. */
  public Endpoint endpoint() {
    return new Endpoint("127.0.0.1", port());
  }

  /** The port it listens on. */
  public int port() {
    return server.getPort();
  }

  /**
   * The line that makes this server known, without a line break: its authority's if it shows
   * certificates, its first key's if not.
   */
  public String knownHostsLine() {
    String host = "[127.0.0.1]:" + port() + " ";
    return hostAuthority
        .map(authority -> "@cert-authority " + host + authority.publicKeyLine())
        .orElseGet(() -> host + KeyText.line(hostKeys.get(0).getPublic()));
  }

  /** The lines of all its host keys, each with its line break; certificates apart. */
  public String hostKeyLines() {
    return hostKeys.stream()
        .map(key -> "[127.0.0.1]:%d %s\n".formatted(port(), KeyText.line(key.getPublic())))
        .collect(joining());
  }

  /** Who tried to sign in and how it was judged, in order. */
  public List<Attempt> attempts() {
    return List.copyOf(log.attempts);
  }

  /** The commands it was told to run, in order. */
  public List<String> commands() {
    return List.copyOf(log.commands);
  }

  /** Where it was asked to forward to, in order, allowed or not. */
  public List<Endpoint> forwards() {
    return List.copyOf(log.forwards);
  }

  /** Stops listening, and closes every connection. */
  @Override
  public void close() throws IOException {
    timer.shutdownNow();
    server.stop(true);
  }
}
