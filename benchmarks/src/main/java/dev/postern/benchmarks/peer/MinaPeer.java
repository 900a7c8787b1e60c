package dev.postern.benchmarks.peer;

import dev.postern.benchmarks.bed.Hop;
import java.io.IOException;
import java.nio.file.Path;
import java.security.PublicKey;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.channel.ChannelExec;
import org.apache.sshd.client.config.hosts.HostConfigEntry;
import org.apache.sshd.client.config.hosts.HostConfigEntryResolver;
import org.apache.sshd.client.config.hosts.KnownHostEntry;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.client.session.forward.PortForwardingTracker;
import org.apache.sshd.common.config.keys.PublicKeyEntryResolver;
import org.apache.sshd.common.keyprovider.FileKeyPairProvider;
import org.apache.sshd.common.util.net.SshdSocketAddress;

/**
 * Apache MINA SSHD as it is delivered, with its own jump: a listener on loopback for each hop. Host
 * keys are those of the file, whatever the address: with that jump it is that of a listener.
 */
final class MinaPeer implements Peer {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String USER = System.getProperty("user.name");

  private final SshClient client = SshClient.setUpDefaultClient();
  private final Deque<AutoCloseable> open = new ArrayDeque<>();

  MinaPeer(Path folder) throws Exception {
    Set<PublicKey> known = new HashSet<>();
    for (KnownHostEntry entry :
        KnownHostEntry.readKnownHostEntries(folder.resolve("known_hosts"))) {
      known.add(entry.getKeyEntry().resolvePublicKey(null, PublicKeyEntryResolver.FAILING));
    }
    client.setServerKeyVerifier((session, address, key) -> known.contains(key));
    client.setKeyIdentityProvider(new FileKeyPairProvider(folder.resolve("id")));
    client.setHostConfigEntryResolver(HostConfigEntryResolver.EMPTY);
    client.start();
  }

  @Override
  public long firstByte(List<Hop> hops) throws Exception {
    long begin = System.nanoTime();
    try (ClientSession session = connect(hops)) {
      long end = run(session);
      return end - begin;
    }
  }

  @Override
  public int forward(List<Hop> hops, Hop target) throws Exception {
    ClientSession session = connect(hops);
    open.push(session);
    return session
        .startLocalPortForwarding(
            new SshdSocketAddress("127.0.0.1", 0),
            new SshdSocketAddress(target.host(), target.port()))
        .getPort();
  }

  @Override
  public void closeForward() throws Exception {
    while (!open.isEmpty()) {
      open.pop().close();
    }
  }

  @Override
  public int targets(Hop jump, List<Hop> targets, int parallel) throws Exception {
    try (ClientSession first = connect(List.of(jump))) {
      return Crowd.run(
          targets,
          parallel,
          target -> {
            try (PortForwardingTracker way = way(first, target);
                ClientSession session = connect(List.of(local(way)))) {
              run(session);
            }
          });
    }
  }

  @Override
  public void hold(Hop jump, List<Hop> targets) throws Exception {
    ClientSession first = connect(List.of(jump));
    open.push(first);
    for (Hop target : targets) {
      open.push(connect(List.of(local(way(first, target)))));
    }
  }

  private static PortForwardingTracker way(ClientSession jump, Hop target) throws IOException {
    return jump.createLocalPortForwardingTracker(
        new SshdSocketAddress("127.0.0.1", 0), new SshdSocketAddress(target.host(), target.port()));
  }

  private static Hop local(PortForwardingTracker way) {
    return new Hop("127.0.0.1", way.getBoundAddress().getPort());
  }

  private ClientSession connect(List<Hop> hops) throws IOException {
    Hop last = hops.get(hops.size() - 1);
    HostConfigEntry entry = new HostConfigEntry("", last.host(), last.port(), USER);
    // It goes through them from the last to the first.
    List<Hop> jumps = new ArrayList<>(hops.subList(0, hops.size() - 1));
    Collections.reverse(jumps);
    entry.setProxyJump(
        jumps.stream().map(hop -> USER + "@" + hop).collect(Collectors.joining(",")));
    ClientSession session = client.connect(entry).verify(PATIENCE).getSession();
    session.auth().verify(PATIENCE);
    return session;
  }

  /** Gives when the first byte came. */
  private static long run(ClientSession session) throws IOException {
    try (ChannelExec channel = session.createExecChannel(COMMAND)) {
      channel.open().verify(PATIENCE);
      if (channel.getInvertedOut().read() != 'x') {
        throw new IOException("the command said something else");
      }
      return System.nanoTime();
    }
  }
}
