package dev.postern.core.sshd;

import dev.postern.circuit.TcpStream;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.sshd.client.channel.ChannelDirectTcpip;

/** A connection over a {@code direct-tcpip} channel. */
record SshdTcpStream(ChannelDirectTcpip channel) implements TcpStream {
  @Override
  public InputStream input() {
    return channel.getInvertedOut();
  }

  @Override
  public OutputStream output() {
    return channel.getInvertedIn();
  }

  @Override
  public void close() {
    channel.close(false);
  }
}
