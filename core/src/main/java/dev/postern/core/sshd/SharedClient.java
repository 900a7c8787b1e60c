package dev.postern.core.sshd;

import java.io.IOException;
import java.net.SocketAddress;
import java.util.List;
import java.util.Map;
import org.apache.sshd.client.ClientBuilder;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.config.hosts.HostConfigEntryResolver;
import org.apache.sshd.client.session.ClientConnectionServiceFactory;
import org.apache.sshd.client.session.ClientUserAuthServiceFactory;
import org.apache.sshd.client.session.SessionFactory;
import org.apache.sshd.common.AttributeRepository;
import org.apache.sshd.common.Service;
import org.apache.sshd.common.io.IoConnectFuture;
import org.apache.sshd.common.io.IoConnector;
import org.apache.sshd.common.io.IoServiceEventListener;
import org.apache.sshd.common.io.IoSession;
import org.apache.sshd.common.keyprovider.KeyIdentityProvider;
import org.apache.sshd.common.session.Session;
import org.apache.sshd.common.util.closeable.AbstractCloseable;
import org.apache.sshd.server.forward.RejectAllForwardingFilter;
import org.jspecify.annotations.Nullable;

/**
 * The one MINA client of a {@code Postern}. Everything that MINA would take from its surroundings
 * is set: no {@code ~/.ssh/config}, no {@code ~/.ssh/id_*}, no host key accepted by default. Links
 * are connected by us, so it has no connector.
 */
final class SharedClient extends SshClient {
  /** Makes and starts it. */
  static SharedClient started() {
    JdkEd25519.register();
    SharedClient client =
        (SharedClient)
            ClientBuilder.builder()
                .factory(SharedClient::new)
                .cipherFactories(Algorithms.ciphers())
                .macFactories(Algorithms.macs())
                .keyExchangeFactories(Algorithms.keyExchanges())
                .signatureFactories(Algorithms.hostKeys())
                .hostConfigEntryResolver(HostConfigEntryResolver.EMPTY)
                .forwardingFilter(RejectAllForwardingFilter.INSTANCE)
                // Keys are verified by the session itself; what reached this verifier would have
                // been forgotten there.
                .serverKeyVerifier((session, address, key) -> false)
                .channelFactories(List.of(ForwardedChannel.Kind.values()))
                .globalRequestHandlers(List.of())
                .build(true);
    client.setKeyIdentityProvider(KeyIdentityProvider.EMPTY_KEYS_PROVIDER);
    client.setServiceFactories(List.of(new AuthServiceFactory(), new ConnectionServiceFactory()));
    client.setSessionFactory(new AttemptSessionFactory(client));
    SessionSettings.applyToAll(client);
    client.start();
    return client;
  }

  private SharedClient() {}

  @Override
  protected IoConnector createConnector() {
    return new NoConnector();
  }

  IoConnector service() {
    return connector;
  }

  private static final class AuthServiceFactory extends ClientUserAuthServiceFactory {
    @Override
    public Service create(Session session) {
      return new PlanAuthService(session);
    }
  }

  /**
   * MINA reads the keepalive when it makes the service, in the middle of the session's constructor:
   * what is set on the session afterwards comes too late.
   */
  private static final class ConnectionServiceFactory extends ClientConnectionServiceFactory {
    @Override
    public Service create(Session session) throws IOException {
      ConnectAttempt attempt =
          (ConnectAttempt) session.getIoSession().getAttribute(ConnectAttempt.class);
      attempt.settings().apply(session);
      return super.create(session);
    }
  }

  private static final class AttemptSessionFactory extends SessionFactory {
    AttemptSessionFactory(SshClient client) {
      super(client);
    }

    @Override
    protected PosternSession doCreateSession(IoSession link) throws Exception {
      ConnectAttempt attempt = (ConnectAttempt) link.getAttribute(ConnectAttempt.class);
      PosternSession session = new PosternSession(getClient(), link, attempt);
      attempt.settings().propose(session);
      return session;
    }
  }

  private static final class NoConnector extends AbstractCloseable implements IoConnector {
    @Override
    public IoConnectFuture connect(
        SocketAddress target,
        @Nullable AttributeRepository context,
        @Nullable SocketAddress local) {
      throw new IllegalStateException("links are connected by the dialer or through a hop");
    }

    @Override
    public @Nullable IoServiceEventListener getIoServiceEventListener() {
      return null;
    }

    @Override
    public void setIoServiceEventListener(IoServiceEventListener listener) {}

    @Override
    public Map<Long, IoSession> getManagedSessions() {
      return Map.of();
    }
  }
}
