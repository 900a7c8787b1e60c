package dev.postern.core.sshd;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.util.function.Consumer;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.core.CoreModuleProperties;
import org.apache.sshd.server.Environment;
import org.apache.sshd.server.ExitCallback;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.channel.ChannelSession;
import org.apache.sshd.server.command.AbstractCommandSupport;
import org.apache.sshd.server.command.Command;
import org.apache.sshd.server.forward.AcceptAllForwardingFilter;

/** MINA's server on loopback: takes the password "sesame" and forwards anywhere. */
final class TestServer implements AutoCloseable {
  static final String PASSWORD = "sesame";

  private final SshServer server;

  private TestServer(SshServer server) {
    this.server = server;
  }

  static TestServer start() {
    return start(server -> {});
  }

  static TestServer start(Consumer<SshServer> more) {
    SshServer server = SshServer.setUpDefaultServer();
    server.setHost("127.0.0.1");
    server.setPort(0);
    server.setKeyPairProvider(KeyPairProvider.wrap(key()));
    server.setPasswordAuthenticator((user, password, session) -> PASSWORD.equals(password));
    server.setForwardingFilter(AcceptAllForwardingFilter.INSTANCE);
    server.setCommandFactory((channel, line) -> new Told(line));
    CoreModuleProperties.STOP_WAIT_TIME.set(server, Duration.ofSeconds(2));
    more.accept(server);
    try {
      server.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new TestServer(server);
  }

  private static KeyPair key() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(256);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  int port() {
    return server.getPort();
  }

  SshServer mina() {
    return server;
  }

  /** Ends without a word to anybody. */
  @Override
  public void close() {
    try {
      server.stop(true);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** {@code bytes N} writes that many; anything else is repeated. */
  private static final class Told extends AbstractCommandSupport implements Command {
    Told(String line) {
      super(line, null);
    }

    @Override
    public void start(ChannelSession channel, Environment environment) throws IOException {
      super.start(channel, environment);
    }

    @Override
    public void run() {
      ExitCallback exit = getExitCallback();
      try (OutputStream output = getOutputStream()) {
        String line = getCommand();
        if (line.startsWith("bytes ")) {
          write(output, Long.parseLong(line.substring(6)));
        } else {
          output.write(line.getBytes(StandardCharsets.UTF_8));
        }
        output.flush();
        exit.onExit(0);
      } catch (IOException e) {
        exit.onExit(1);
      }
    }

    private static void write(OutputStream output, long count) throws IOException {
      byte[] block = new byte[32 * 1024];
      for (long position = 0; position < count; position += block.length) {
        for (int i = 0; i < block.length; i++) {
          block[i] = byteAt(position + i);
        }
        output.write(block, 0, (int) Math.min(block.length, count - position));
      }
    }
  }

  /** What {@code bytes} writes at a place: no two blocks are alike. */
  static byte byteAt(long position) {
    long mixed = position * 0x9E3779B97F4A7C15L;
    return (byte) (mixed >>> 56);
  }
}
