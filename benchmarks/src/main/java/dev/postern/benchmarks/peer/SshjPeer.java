package dev.postern.benchmarks.peer;

import dev.postern.benchmarks.bed.Hop;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import net.schmizz.sshj.Config;
import net.schmizz.sshj.DefaultConfig;
import net.schmizz.sshj.SSHClient;
import net.schmizz.sshj.connection.channel.direct.Parameters;
import net.schmizz.sshj.connection.channel.direct.Session;
import net.schmizz.sshj.transport.verification.OpenSSHKnownHosts;
import net.schmizz.sshj.userauth.keyprovider.KeyProvider;
import org.jspecify.annotations.Nullable;

/** sshj, with its own nesting. */
final class SshjPeer implements Peer {
  private final Config config = new DefaultConfig();
  private final OpenSSHKnownHosts knownHosts;
  private final KeyProvider key;
  private final Deque<SSHClient> open = new ArrayDeque<>();
  private @Nullable ServerSocket listener;

  SshjPeer(Path folder) throws IOException {
    knownHosts = new OpenSSHKnownHosts(folder.resolve("known_hosts").toFile());
    key = new SSHClient(config).loadKeys(folder.resolve("id").toString());
  }

  @Override
  public long firstByte(List<Hop> hops) throws Exception {
    long begin = System.nanoTime();
    chain(hops);
    long end = run(open.element());
    closeForward();
    return end - begin;
  }

  private void chain(List<Hop> hops) throws IOException {
    for (Hop hop : hops) {
      open.push(connect(open.peek(), hop));
    }
  }

  @Override
  public int forward(List<Hop> hops, Hop target) throws Exception {
    chain(hops);
    ServerSocket socket = new ServerSocket(0, 1000, InetAddress.getLoopbackAddress());
    listener = socket;
    Parameters parameters =
        new Parameters("127.0.0.1", socket.getLocalPort(), target.host(), target.port());
    var forwarder = open.element().newLocalPortForwarder(parameters, socket);
    Thread thread =
        new Thread(
            () -> {
              try {
                forwarder.listen();
              } catch (IOException e) {
                // closed
              }
            });
    thread.setDaemon(true);
    thread.start();
    return socket.getLocalPort();
  }

  @Override
  public void closeForward() throws IOException {
    if (listener != null) {
      listener.close();
    }
    while (!open.isEmpty()) {
      open.pop().disconnect();
    }
  }

  @Override
  public int targets(Hop jump, List<Hop> targets, int parallel) throws Exception {
    try (SSHClient first = connect(null, jump)) {
      return Crowd.run(
          targets,
          parallel,
          target -> {
            try (SSHClient client = connect(first, target)) {
              run(client);
            }
          });
    }
  }

  @Override
  public void hold(Hop jump, List<Hop> targets) throws Exception {
    SSHClient first = connect(null, jump);
    open.push(first);
    for (Hop target : targets) {
      open.push(connect(first, target));
    }
  }

  private SSHClient connect(@Nullable SSHClient before, Hop hop) throws IOException {
    SSHClient client = new SSHClient(config);
    client.addHostKeyVerifier(knownHosts);
    if (before == null) {
      client.connect(hop.host(), hop.port());
    } else {
      client.connectVia(before.newDirectConnection(hop.host(), hop.port()));
    }
    client.authPublickey(System.getProperty("user.name"), key);
    return client;
  }

  private static long run(SSHClient client) throws IOException {
    try (Session session = client.startSession();
        Session.Command command = session.exec(COMMAND)) {
      if (command.getInputStream().read() != 'x') {
        throw new IOException("the command said something else");
      }
      return System.nanoTime();
    }
  }
}
