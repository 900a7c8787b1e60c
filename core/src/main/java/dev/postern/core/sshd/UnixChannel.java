package dev.postern.core.sshd;

import dev.postern.route.ForwardAddress.UnixSocket;
import java.io.IOException;
import org.apache.sshd.client.future.DefaultOpenFuture;
import org.apache.sshd.client.future.OpenFuture;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.SshException;
import org.apache.sshd.common.util.buffer.Buffer;

/** A channel to a Unix socket at the far end: OpenSSH's PROTOCOL, section 2.4. */
final class UnixChannel extends StreamingChannel {
  private final UnixSocket target;

  UnixChannel(UnixSocket target) {
    super("direct-streamlocal@openssh.com");
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
    buffer.putString(target.path());
    buffer.putString("");
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
