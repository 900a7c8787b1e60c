package dev.postern.core.sshd;

import dev.postern.core.forward.Arrivals;
import dev.postern.core.forward.Duplex;
import dev.postern.route.ForwardAddress;
import dev.postern.route.ForwardAddress.Tcp;
import dev.postern.route.ForwardAddress.UnixSocket;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.apache.sshd.client.future.DefaultOpenFuture;
import org.apache.sshd.client.future.OpenFuture;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.channel.Channel;
import org.apache.sshd.common.channel.ChannelFactory;
import org.apache.sshd.common.channel.exception.SshChannelOpenException;
import org.apache.sshd.common.session.Session;
import org.apache.sshd.common.util.buffer.Buffer;
import org.apache.sshd.common.util.threads.ThreadUtils;
import org.apache.sshd.core.CoreModuleProperties;
import org.jspecify.annotations.Nullable;

/**
 * A channel that the server opens for a connection to what we asked it to listen on: {@code
 * forwarded-tcpip} (RFC 4254 section 7.2) or {@code forwarded-streamlocal@openssh.com} (OpenSSH's
 * PROTOCOL, section 2.4). It is confirmed when this side is ready for it.
 */
final class ForwardedChannel extends StreamingChannel {
  private static final long WINDOW = 4L << 20;

  private final Kind kind;
  private @Nullable CompletableFuture<Consumer<Duplex>> ready;

  /** The two kinds. A server opens the channels of either. */
  enum Kind implements ChannelFactory {
    TCP("forwarded-tcpip"),
    UNIX("forwarded-streamlocal@openssh.com");

    private final String type;

    Kind(String type) {
      this.type = type;
    }

    @Override
    public String getName() {
      return type;
    }

    @Override
    public Channel createChannel(Session session) {
      return new ForwardedChannel(this);
    }
  }

  private ForwardedChannel(Kind kind) {
    super(kind.type);
    this.kind = kind;
  }

  @Override
  public OpenFuture open(long recipient, long window, long packet, Buffer buffer) {
    setRecipient(recipient);
    getRemoteWindow().init(window, packet, getSession().getFactoryManager());
    CoreModuleProperties.WINDOW_SIZE.set(this, SessionSettings.window(getSession(), WINDOW));
    configureWindow();
    openFuture = new DefaultOpenFuture(this, futureLock);
    String name = buffer.getString();
    long port = kind == Kind.TCP ? buffer.getUInt() : 0;
    RemoteListeners listeners = RemoteListeners.of(getSession());
    Optional<Arrivals> arrivals = address(name, port).flatMap(listeners::find);
    if (arrivals.isEmpty()) {
      listeners.unasked(kind == Kind.TCP ? name + ":" + port : name);
      refuse(
          SshConstants.SSH_OPEN_ADMINISTRATIVELY_PROHIBITED, "nobody asked for such a connection");
      return openFuture;
    }
    CompletableFuture<Consumer<Duplex>> getting = arrivals.get().arrived();
    ready = getting;
    getting.whenComplete(
        (taker, failure) -> {
          if (taker == null) {
            refuse(SshConstants.SSH_OPEN_CONNECT_FAILED, "the target was not reached");
          } else {
            confirm(taker);
          }
        });
    return openFuture;
  }

  /** What the server says was connected to, if it can be. */
  private Optional<ForwardAddress> address(String name, long port) {
    try {
      return Optional.of(
          kind == Kind.UNIX
              ? new UnixSocket(name)
              : new Tcp(RemoteListeners.fromWire(name), Math.toIntExact(port)));
    } catch (IllegalArgumentException | ArithmeticException e) {
      return Optional.empty();
    }
  }

  /** As internal: other threads would wait here while keys are exchanged. */
  private void confirm(Consumer<Duplex> taker) {
    try {
      ThreadUtils.runAsInternal(
          this,
          channel -> {
            channel.confirmed();
            return channel;
          });
    } catch (IOException | RuntimeException e) {
      refuse(SshConstants.SSH_OPEN_CONNECT_FAILED, "it was given up");
    }
    taker.accept(new ChannelDuplex(this));
  }

  private void confirmed() throws IOException {
    doOpen();
    opened.set(true);
    signalChannelOpenSuccess();
    openFuture.setOpened();
  }

  private void refuse(int reason, String words) {
    openFuture.setException(new SshChannelOpenException(getChannelId(), reason, words));
    close(true);
  }

  /** It is ours to confirm it. */
  @Override
  public void handleOpenSuccess(long recipient, long window, long packet, Buffer buffer) {
    throw new IllegalStateException("a channel that nobody asked for was confirmed");
  }

  @Override
  void gone() {
    CompletableFuture<Consumer<Duplex>> getting = ready;
    if (getting != null) {
      getting.cancel(true);
    }
  }
}
