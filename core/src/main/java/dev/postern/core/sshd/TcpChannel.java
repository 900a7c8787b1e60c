package dev.postern.core.sshd;

import dev.postern.api.hop.Endpoint;
import java.io.IOException;
import org.apache.sshd.client.future.DefaultOpenFuture;
import org.apache.sshd.client.future.OpenFuture;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.SshException;
import org.apache.sshd.common.util.buffer.Buffer;

/** A {@code direct-tcpip} channel (RFC 4254 section 7.2). The far end resolves the name. */
final class TcpChannel extends StreamingChannel {
  /** MINA's own would look up this machine's name and tell it to the server. */
  private static final String ORIGINATOR = "127.0.0.1";

  private final Endpoint target;

  TcpChannel(Endpoint target) {
    super("direct-tcpip");
    this.target = target;
  }

  @Override
  public synchronized OpenFuture open() throws IOException {
    if (isClosing()) {
      throw new SshException("the channel is closed");
    }
    openFuture = new DefaultOpenFuture(target, futureLock);
    Buffer buffer = getSession().createBuffer(SshConstants.SSH_MSG_CHANNEL_OPEN);
    buffer.putString(getChannelType());
    buffer.putUInt(getChannelId());
    buffer.putUInt(getLocalWindow().getSize());
    buffer.putUInt(getLocalWindow().getPacketSize());
    buffer.putString(target.host());
    buffer.putUInt(target.port());
    buffer.putString(ORIGINATOR);
    buffer.putUInt(0);
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
