package dev.postern.core.sshd;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.server.Environment;
import org.apache.sshd.server.ExitCallback;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.channel.ChannelSession;
import org.apache.sshd.server.command.Command;
import org.apache.sshd.server.forward.AcceptAllForwardingFilter;
import org.apache.sshd.server.session.ServerSession;

/** A server on the loopback that lets everyone in and runs programs of ours by their name. */
final class EmbeddedServer implements AutoCloseable {
  private final SshServer server;
  private final Map<String, Program> programs = new ConcurrentHashMap<>();

  private EmbeddedServer() throws IOException, GeneralSecurityException {
    server = SshServer.setUpDefaultServer();
    server.setHost("127.0.0.1");
    KeyPairGenerator keys = KeyPairGenerator.getInstance("EC");
    keys.initialize(256);
    server.setKeyPairProvider(KeyPairProvider.wrap(keys.generateKeyPair()));
    server.setPasswordAuthenticator((user, password, session) -> true);
    server.setForwardingFilter(AcceptAllForwardingFilter.INSTANCE);
    server.setCommandFactory((channel, name) -> new Running(program(name)));
    server.setShellFactory(channel -> new Running(program("shell")));
    server.start();
  }

  static EmbeddedServer start() throws Exception {
    JdkEd25519.register();
    return new EmbeddedServer();
  }

  private Program program(String name) throws IOException {
    Program program = programs.get(name);
    if (program == null) {
      throw new IOException("no such program");
    }
    return program;
  }

  EmbeddedServer with(String name, Program program) {
    programs.put(name, program);
    return this;
  }

  SshServer server() {
    return server;
  }

  int port() {
    return server.getPort();
  }

  /** Cuts every connection without a word. */
  void cut() {
    for (ServerSession session :
        server.getActiveSessions().stream().map(ServerSession.class::cast).toList()) {
      session.close(true);
    }
  }

  @Override
  public void close() throws IOException {
    server.stop(true);
  }

  /** What runs at the far end; its result is the exit status, negative for none. */
  interface Program {
    int run(InputStream in, OutputStream out, OutputStream err, ChannelSession channel)
        throws Exception;
  }

  private static final class Running implements Command {
    private final Program program;
    private InputStream in = InputStream.nullInputStream();
    private OutputStream out = OutputStream.nullOutputStream();
    private OutputStream err = OutputStream.nullOutputStream();
    private ExitCallback exit = (status, message, immediately) -> {};

    Running(Program program) {
      this.program = program;
    }

    @Override
    public void setInputStream(InputStream stream) {
      in = stream;
    }

    @Override
    public void setOutputStream(OutputStream stream) {
      out = stream;
    }

    @Override
    public void setErrorStream(OutputStream stream) {
      err = stream;
    }

    @Override
    public void setExitCallback(ExitCallback callback) {
      exit = callback;
    }

    @Override
    public void start(ChannelSession channel, Environment environment) {
      Thread thread = new Thread(() -> run(channel), "program");
      thread.setDaemon(true);
      thread.start();
    }

    private void run(ChannelSession channel) {
      try {
        int status = program.run(in, out, err, channel);
        out.flush();
        err.flush();
        if (status >= 0) {
          exit.onExit(status);
        } else {
          channel.close(false);
        }
      } catch (Exception e) {
        channel.close(true);
      }
    }

    @Override
    public void destroy(ChannelSession channel) {}
  }
}
