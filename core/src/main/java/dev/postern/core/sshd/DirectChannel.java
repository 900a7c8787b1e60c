package dev.postern.core.sshd;

import dev.postern.api.hop.Endpoint;
import dev.postern.route.ForwardAddress.UnixSocket;
import java.io.IOException;
import java.util.function.Consumer;
import org.apache.sshd.client.future.DefaultOpenFuture;
import org.apache.sshd.client.future.OpenFuture;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.SshException;
import org.apache.sshd.common.util.buffer.Buffer;

/** A channel to a target that the far end connects to, and whose name it resolves. */
final class DirectChannel extends StreamingChannel {
  /** MINA's own would look up this machine's name and tell it to the server. */
  private static final String ORIGINATOR = "127.0.0.1";

  private final Consumer<Buffer> target;

  private DirectChannel(String type, Consumer<Buffer> target) {
    super(type);
    this.target = target;
  }

  /** RFC 4254 section 7.2. */
  static DirectChannel to(Endpoint endpoint) {
    return new DirectChannel(
        "direct-tcpip",
        buffer -> {
          buffer.putString(endpoint.host());
          buffer.putUInt(endpoint.port());
          buffer.putString(ORIGINATOR);
          buffer.putUInt(0);
        });
  }

  /** OpenSSH's PROTOCOL, section 2.4. */
  static DirectChannel to(UnixSocket socket) {
    return new DirectChannel(
        "direct-streamlocal@openssh.com",
        buffer -> {
          buffer.putString(socket.path());
          buffer.putString("");
          buffer.putUInt(0);
        });
  }

  @Override
  public synchronized OpenFuture open() throws IOException {
    if (isClosing()) {
      throw new SshException("the channel is closed");
    }
    openFuture = new DefaultOpenFuture(this, futureLock);
    Buffer buffer = getSession().createBuffer(SshConstants.SSH_MSG_CHANNEL_OPEN);
    buffer.putString(getChannelType());
    buffer.putUInt(getChannelId());
    buffer.putUInt(getLocalWindow().getSize());
    buffer.putUInt(getLocalWindow().getPacketSize());
    target.accept(buffer);
    writePacket(buffer);
    return openFuture;
  }

  @Override
  void usable() {
    granted().complete(null);
  }

  @Override
  void gone() {}
}
