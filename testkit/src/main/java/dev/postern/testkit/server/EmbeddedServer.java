package dev.postern.testkit.server;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.common.util.buffer.ByteArrayBuffer;
import org.apache.sshd.core.CoreModuleProperties;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.auth.UserAuthFactory;
import org.apache.sshd.server.auth.keyboard.UserAuthKeyboardInteractiveFactory;
import org.apache.sshd.server.auth.password.UserAuthPasswordFactory;
import org.apache.sshd.server.auth.pubkey.UserAuthPublicKeyFactory;
import org.apache.sshd.server.forward.AcceptAllForwardingFilter;
import org.apache.sshd.server.forward.RejectAllForwardingFilter;

/**
 * An SSH server in this process, on a free port of 127.0.0.1, with an ECDSA host key of its own.
 * Built by {@link #builder}; closing it closes its connections. Safe for use by several threads.
 */
public final class EmbeddedServer implements AutoCloseable {
  private final SshServer server;
  private final KeyPair hostKey;

  private EmbeddedServer(SshServer server, KeyPair hostKey) {
    this.server = server;
    this.hostKey = hostKey;
  }

  /** A server that lets this user in, once told how. */
  public static Builder builder(String user) {
    return new Builder(user);
  }

  /** The port it listens on. */
  public int port() {
    return server.getPort();
  }

  /** The line that makes this server known, without a line break. */
  public String knownHostsLine() {
    ByteArrayBuffer buffer = new ByteArrayBuffer();
    buffer.putRawPublicKey(hostKey.getPublic());
    return "[127.0.0.1]:%d %s %s"
        .formatted(
            port(),
            KeyUtils.getKeyType(hostKey.getPublic()),
            Base64.getEncoder().encodeToString(buffer.getCompactData()));
  }

  /** Stops listening, and closes every connection. */
  @Override
  public void close() throws IOException {
    server.stop(true);
  }

  /** Collects how a server behaves. Not safe for use by several threads. */
  public static final class Builder {
    private final String user;
    private final List<String> methods = new ArrayList<>();
    private final List<ServerRound> rounds = new ArrayList<>();
    private Optional<String> password = Optional.empty();
    private Optional<PublicKey> key = Optional.empty();
    private boolean forwarding = true;
    private RemoteCommand command = (line, output) -> 0;

    private Builder(String user) {
      this.user = user;
    }

    /** Wants the method {@code password} with this one, next. */
    public Builder password(String value) {
      password = Optional.of(value);
      methods.add("password");
      return this;
    }

    /** Wants the method {@code publickey} with this key, next. */
    public Builder publicKey(PublicKey value) {
      key = Optional.of(value);
      methods.add("publickey");
      return this;
    }

    /** Wants a keyboard-interactive conversation, next; the rounds follow. */
    public Builder conversation(ServerRound... wanted) {
      rounds.addAll(List.of(wanted));
      methods.add("keyboard-interactive");
      return this;
    }

    /** Forbids forwarding, which is allowed unless said. */
    public Builder withoutForwarding() {
      forwarding = false;
      return this;
    }

    /** Answers commands. */
    public Builder command(RemoteCommand answer) {
      command = answer;
      return this;
    }

    /** Starts it. */
    public EmbeddedServer start() throws IOException {
      KeyPair hostKey = newHostKey();
      SshServer server = SshServer.setUpDefaultServer();
      server.setHost("127.0.0.1");
      server.setPort(0);
      server.setKeyPairProvider(KeyPairProvider.wrap(hostKey));
      List<UserAuthFactory> factories =
          List.of(
              UserAuthPublicKeyFactory.INSTANCE,
              UserAuthPasswordFactory.INSTANCE,
              UserAuthKeyboardInteractiveFactory.INSTANCE);
      server.setUserAuthFactories(
          factories.stream().filter(factory -> methods.contains(factory.getName())).toList());
      CoreModuleProperties.AUTH_METHODS.set(server, String.join(",", methods));
      server.setPasswordAuthenticator(
          (name, given, session) ->
              name.equals(user) && password.filter(given::equals).isPresent());
      server.setPublickeyAuthenticator(
          (name, given, session) ->
              name.equals(user)
                  && key.filter(known -> KeyUtils.compareKeys(known, given)).isPresent());
      server.setKeyboardInteractiveAuthenticator(new ScriptedConversation(user, rounds));
      server.setForwardingFilter(
          forwarding ? AcceptAllForwardingFilter.INSTANCE : RejectAllForwardingFilter.INSTANCE);
      server.setCommandFactory((channel, line) -> new CommandThread(line, command));
      server.start();
      return new EmbeddedServer(server, hostKey);
    }

    private static KeyPair newHostKey() {
      try {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        return generator.generateKeyPair();
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException("every Java platform has secp256r1", e);
      }
    }
  }
}
