package dev.postern.core.sshd;

import static java.util.concurrent.TimeUnit.SECONDS;

import dev.postern.api.hop.Endpoint;
import dev.postern.api.hop.HopInfo;
import dev.postern.circuit.Forward;
import dev.postern.circuit.Phase;
import dev.postern.core.forward.Listeners;
import dev.postern.core.forward.SocketLoop;
import dev.postern.core.hop.HopFailure;
import dev.postern.problem.Code;
import dev.postern.route.ForwardSpec;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.sshd.client.ClientBuilder;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.config.hosts.HostConfigEntryResolver;
import org.apache.sshd.client.keyverifier.AcceptAllServerKeyVerifier;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.keyprovider.KeyIdentityProvider;

/** A session of a plain MINA client with our algorithms and settings, and channels on it. */
final class ChannelRig implements AutoCloseable {
  static final int PATIENCE_SECONDS = 20;

  final SshClient client;
  final ClientSession session;
  final List<String> trail = new CopyOnWriteArrayList<>();
  final SessionChannels channels;
  final SocketLoop loop = new SocketLoop();
  final ExecutorService blocking = Executors.newCachedThreadPool();

  private ChannelRig(int port, String user, KeyIdentityProvider identities) throws Exception {
    JdkEd25519.register();
    client =
        ClientBuilder.builder()
            .cipherFactories(Algorithms.ciphers())
            .macFactories(Algorithms.macs())
            .keyExchangeFactories(Algorithms.keyExchanges())
            .signatureFactories(Algorithms.hostKeys())
            .hostConfigEntryResolver(HostConfigEntryResolver.EMPTY)
            .serverKeyVerifier(AcceptAllServerKeyVerifier.INSTANCE)
            .build(true);
    client.setKeyIdentityProvider(identities);
    SessionSettings.applyToAll(client);
    client.start();
    session =
        client.connect(user, "127.0.0.1", port).verify(PATIENCE_SECONDS, SECONDS).getSession();
    session.addPasswordIdentity("anything");
    session.auth().verify(PATIENCE_SECONDS, SECONDS);
    HopInfo hop = new HopInfo(1, 1, user, new Endpoint("127.0.0.1", port));
    channels =
        new SessionChannels(
            session,
            new TestTrail(hop, trail),
            () -> new HopFailure(Code.LINK_LOST, Phase.REMOTE, "the link was lost: test"),
            blocking);
  }

  static ChannelRig to(EmbeddedServer server) throws Exception {
    return new ChannelRig(server.port(), "app", KeyIdentityProvider.EMPTY_KEYS_PROVIDER);
  }

  static ChannelRig to(int port, String user, KeyIdentityProvider identities) throws Exception {
    return new ChannelRig(port, user, identities);
  }

  static <T> T get(CompletableFuture<T> future) throws Exception {
    return future.get(PATIENCE_SECONDS, SECONDS);
  }

  /** The failure that a future of ours ends with. */
  static HopFailure failure(CompletableFuture<?> future) throws Exception {
    try {
      future.get(PATIENCE_SECONDS, SECONDS);
    } catch (ExecutionException e) {
      return (HopFailure) e.getCause();
    }
    throw new AssertionError("it did not fail");
  }

  /** A forward that lives as long as the rig, and longer than the session. */
  CompletableFuture<Forward> forward(ForwardSpec spec) {
    return new Listeners(loop, blocking)
        .listen(spec, channels::open, text -> trail.add("1 channel: " + text));
  }

  @Override
  public void close() {
    loop.close();
    session.close(true);
    client.close(true);
    client.stop();
    blocking.shutdownNow();
  }
}
