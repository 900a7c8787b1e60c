package dev.postern.benchmarks.peer;

import com.jcraft.jsch.ChannelDirectTCPIP;
import com.jcraft.jsch.ChannelExec;
import com.jcraft.jsch.JSch;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.Proxy;
import com.jcraft.jsch.Session;
import com.jcraft.jsch.SocketFactory;
import dev.postern.benchmarks.bed.Hop;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * JSch. It has no jump: a hop goes over a channel of the one before, or, for bulk, over a forwarded
 * port as its examples do it, since downloads over such channels crawl.
 */
final class JschPeer implements Peer {
  private static final int PATIENCE = 60_000;

  private final JSch jsch = new JSch();
  private final Deque<Session> open = new ArrayDeque<>();

  JschPeer(Path folder) throws JSchException {
    jsch.addIdentity(folder.resolve("id").toString());
    jsch.setKnownHosts(folder.resolve("known_hosts").toString());
  }

  @Override
  public long firstByte(List<Hop> hops) throws Exception {
    long begin = System.nanoTime();
    for (Hop hop : hops) {
      open.push(connect(open.peek(), hop));
    }
    long end = run(open.element());
    closeForward();
    return end - begin;
  }

  @Override
  public int forward(List<Hop> hops, Hop target) throws Exception {
    for (Hop hop : hops) {
      Session before = open.peek();
      open.push(before == null ? connect(null, hop) : connectByPort(before, hop));
    }
    return open.element().setPortForwardingL(0, target.host(), target.port());
  }

  private Session connectByPort(Session before, Hop hop) throws JSchException {
    int port = before.setPortForwardingL(0, hop.host(), hop.port());
    Session session = session(new Hop("127.0.0.1", port));
    session.setHostKeyAlias("[" + hop.host() + "]:" + hop.port());
    session.connect(PATIENCE);
    return session;
  }

  @Override
  public void closeForward() {
    while (!open.isEmpty()) {
      open.pop().disconnect();
    }
  }

  @Override
  public int targets(Hop jump, List<Hop> targets, int parallel) throws Exception {
    Session first = connect(null, jump);
    try {
      return Crowd.run(
          targets,
          parallel,
          target -> {
            Session session = connect(first, target);
            run(session);
            session.disconnect();
          });
    } finally {
      first.disconnect();
    }
  }

  @Override
  public void hold(Hop jump, List<Hop> targets) throws Exception {
    Session first = connect(null, jump);
    open.push(first);
    for (Hop target : targets) {
      open.push(connect(first, target));
    }
  }

  private Session connect(@Nullable Session before, Hop hop) throws JSchException {
    Session session = session(hop);
    if (before != null) {
      session.setProxy(new ChannelProxy(before));
    }
    session.connect(PATIENCE);
    return session;
  }

  private Session session(Hop hop) throws JSchException {
    return jsch.getSession(System.getProperty("user.name"), hop.host(), hop.port());
  }

  private static long run(Session session) throws JSchException, IOException {
    ChannelExec channel = (ChannelExec) session.openChannel("exec");
    channel.setCommand(COMMAND);
    InputStream output = channel.getInputStream();
    channel.connect(PATIENCE);
    if (output.read() != 'x') {
      throw new IOException("the command said something else");
    }
    long end = System.nanoTime();
    channel.disconnect();
    return end;
  }

  /** The way to a hop over a channel of the one before. */
  private static final class ChannelProxy implements Proxy {
    private final Session before;
    private @Nullable ChannelDirectTCPIP channel;
    private @Nullable InputStream input;
    private @Nullable OutputStream output;

    ChannelProxy(Session before) {
      this.before = before;
    }

    @Override
    public void connect(@Nullable SocketFactory sockets, String host, int port, int timeout)
        throws Exception {
      ChannelDirectTCPIP opened = (ChannelDirectTCPIP) before.openChannel("direct-tcpip");
      opened.setHost(host);
      opened.setPort(port);
      input = opened.getInputStream();
      output = opened.getOutputStream();
      opened.connect(timeout);
      channel = opened;
    }

    @Override
    public @Nullable InputStream getInputStream() {
      return input;
    }

    @Override
    public @Nullable OutputStream getOutputStream() {
      return output;
    }

    @Override
    public @Nullable Socket getSocket() {
      return null;
    }

    @Override
    public void close() {
      if (channel != null) {
        channel.disconnect();
      }
    }
  }
}
