package dev.postern.testkit.server;

import dev.postern.api.hop.Endpoint;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.common.util.buffer.ByteArrayBuffer;
import org.apache.sshd.core.CoreModuleProperties;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.auth.UserAuthFactory;
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

  /** Where it listens. */
  public Endpoint endpoint() {
    return new Endpoint("127.0.0.1", port());
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
    private final List<byte[]> keys = new ArrayList<>();
    private Optional<String> banner = Optional.empty();
    private boolean forwarding = true;
    private RemoteCommand command = (line, input, output, error) -> 0;

    private Builder(String user) {
      this.user = user;
    }

    /** Wants the method {@code password} with this one, next. */
    public Builder password(String value) {
      password = Optional.of(value);
      methods.add("password");
      return this;
    }

    /**
     * Wants the method {@code publickey} with one of these keys, next. Given again, it adds a key.
     */
    public Builder publicKey(PublicKey value) {
      return publicKey(blob(value));
    }

    /** The same, for a key in the encoding of RFC 4253 section 6.6. */
    public Builder publicKey(byte[] blob) {
      if (keys.isEmpty()) {
        methods.add("publickey");
      }
      keys.add(blob.clone());
      return this;
    }

    /**
     * Wants a keyboard-interactive conversation (RFC 4256) of these rounds, next. A wrong answer
     * ends it.
     */
    public Builder conversation(ServerRound... wanted) {
      rounds.addAll(List.of(wanted));
      methods.add("keyboard-interactive");
      return this;
    }

    /** Shows a banner before anybody signs in (RFC 4252 section 5.4). */
    public Builder banner(String text) {
      banner = Optional.of(text);
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

    /**
     * Starts it.
     *
     * @throws IllegalStateException if it was not told how to let anybody in
     * @throws IOException if it cannot listen
     */
    public EmbeddedServer start() throws IOException {
      if (methods.isEmpty()) {
        throw new IllegalStateException(
            "nobody can sign in: give the server a password, a public key or a conversation");
      }
      KeyPair hostKey = newHostKey();
      SshServer server = SshServer.setUpDefaultServer();
      server.setHost("127.0.0.1");
      server.setPort(0);
      server.setKeyPairProvider(KeyPairProvider.wrap(hostKey));
      List<UserAuthFactory> factories =
          List.of(
              UserAuthPublicKeyFactory.INSTANCE,
              UserAuthPasswordFactory.INSTANCE,
              new Conversation.Factory(user, rounds));
      server.setUserAuthFactories(
          factories.stream().filter(factory -> methods.contains(factory.getName())).toList());
      CoreModuleProperties.AUTH_METHODS.set(server, String.join(",", methods));
      server.setPasswordAuthenticator(
          (name, given, session) ->
              name.equals(user) && password.filter(given::equals).isPresent());
      server.setPublickeyAuthenticator(
          (name, given, session) ->
              name.equals(user)
                  && keys.stream().anyMatch(known -> Arrays.equals(known, blob(given))));
      banner.ifPresent(text -> CoreModuleProperties.WELCOME_BANNER.set(server, text));
      server.setForwardingFilter(
          forwarding ? AcceptAllForwardingFilter.INSTANCE : RejectAllForwardingFilter.INSTANCE);
      server.setCommandFactory((channel, line) -> new RunningCommand(line, command));
      server.start();
      return new EmbeddedServer(server, hostKey);
    }

    private static byte[] blob(PublicKey key) {
      ByteArrayBuffer buffer = new ByteArrayBuffer();
      buffer.putRawPublicKey(key);
      return buffer.getCompactData();
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
