package dev.postern.core.sshd;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.sshd.common.Service;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.io.IoSession;
import org.apache.sshd.common.kex.KexProposalOption;
import org.apache.sshd.common.session.Session;
import org.apache.sshd.common.session.SessionListener;
import org.apache.sshd.common.session.helpers.AbstractSession;
import org.apache.sshd.common.util.buffer.Buffer;
import org.apache.sshd.common.util.buffer.ByteArrayBuffer;
import org.apache.sshd.server.ServerFactoryManager;
import org.apache.sshd.server.session.AbstractServerSession;
import org.apache.sshd.server.session.ServerConnectionService;
import org.apache.sshd.server.session.ServerConnectionServiceFactory;
import org.apache.sshd.server.session.ServerSessionImpl;
import org.apache.sshd.server.session.ServerUserAuthServiceFactory;
import org.apache.sshd.server.session.SessionFactory;

/**
 * A server that lets everyone in with the password and then says what a test tells it, message by
 * message (RFC 4254), and nothing by itself.
 */
final class ScriptedPeer implements AutoCloseable {
  private final BlockingQueue<Heard> heard = new LinkedBlockingQueue<>();
  private final CompletableFuture<AbstractSession> session = new CompletableFuture<>();
  private final TestServer server =
      TestServer.start(
          mina -> {
            mina.setServiceFactories(List.of(ServerUserAuthServiceFactory.INSTANCE, new Silent()));
            mina.setSessionFactory(
                new SessionFactory(mina) {
                  @Override
                  protected ServerSessionImpl doCreateSession(IoSession link) throws Exception {
                    return new Outspoken(getServer(), link);
                  }
                });
          });

  int port() {
    return server.port();
  }

  TestServer server() {
    return server;
  }

  AbstractSession session() {
    return Rig.done(session);
  }

  /** The next message of the client, which must be this one; its number is read already. */
  Buffer expect(int command) throws InterruptedException {
    Heard message = next();
    if (message.command != command) {
      throw new AssertionError(
          "expected %d, got %s"
              .formatted(command, SshConstants.getCommandMessageName(message.command)));
    }
    return message.buffer;
  }

  private Heard next() throws InterruptedException {
    Heard message = heard.poll(20, TimeUnit.SECONDS);
    if (message == null) {
      throw new AssertionError("the client said nothing more");
    }
    return message;
  }

  /** Whether the client has said something that no test looked at. */
  boolean heardMore() {
    return !heard.isEmpty();
  }

  /** Takes a request for a channel; its number at the client. */
  long expectOpen() throws InterruptedException {
    Buffer open = expect(SshConstants.SSH_MSG_CHANNEL_OPEN);
    open.getString();
    return open.getUInt();
  }

  /** Confirms a channel, which has number 7 here. */
  void confirm(long channel) throws IOException {
    send(SshConstants.SSH_MSG_CHANNEL_OPEN_CONFIRMATION, channel, 7L, 2_097_152L, 32_768L);
  }

  /** Opens a channel that runs a command; its number at the client. */
  long startCommand() throws Exception {
    long channel = expectOpen();
    confirm(channel);
    expect(SshConstants.SSH_MSG_CHANNEL_REQUEST);
    send(SshConstants.SSH_MSG_CHANNEL_SUCCESS, channel);
    return channel;
  }

  /** Sends a message; longs are numbers of 32 bits. */
  void send(int command, Object... fields) throws IOException {
    Buffer buffer = session().createBuffer((byte) command);
    for (Object field : fields) {
      if (field instanceof Long number) {
        buffer.putUInt(number);
      } else if (field instanceof Boolean value) {
        buffer.putBoolean(value);
      } else if (field instanceof byte[] bytes) {
        buffer.putBytes(bytes);
      } else {
        buffer.putString((String) field);
      }
    }
    session().writePacket(buffer);
  }

  /** Begins to exchange keys anew and says something else in the middle of it. */
  void interruptNextKeyExchange(int command) throws IOException {
    session()
        .addSessionListener(
            new SessionListener() {
              @Override
              public void sessionNegotiationEnd(
                  Session peer,
                  Map<KexProposalOption, String> client,
                  Map<KexProposalOption, String> server,
                  Map<KexProposalOption, String> chosen,
                  Throwable failure) {
                try {
                  Buffer buffer = peer.createBuffer((byte) command);
                  buffer.putString("in between");
                  buffer.putBoolean(false);
                  ((Outspoken) peer).sayNow(buffer);
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              }
            });
    session().reExchangeKeys();
  }

  @Override
  public void close() {
    server.close();
  }

  /** Can say something where an honest server waits. */
  private static final class Outspoken extends ServerSessionImpl {
    Outspoken(ServerFactoryManager server, IoSession link) throws Exception {
      super(server, link);
    }

    void sayNow(Buffer buffer) throws IOException {
      doWritePacket(buffer);
    }
  }

  private record Heard(int command, Buffer buffer) {}

  private final class Silent extends ServerConnectionServiceFactory {
    @Override
    public Service create(Session created) throws IOException {
      session.complete((AbstractSession) created);
      return new ServerConnectionService((AbstractServerSession) created) {
        @Override
        public void process(int command, Buffer buffer) {
          heard.add(
              new Heard(
                  command,
                  ByteArrayBuffer.getCompactClone(
                      buffer.array(), buffer.rpos(), buffer.available())));
        }
      };
    }
  }
}
