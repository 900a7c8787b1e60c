package dev.postern.core.sshd;

import dev.postern.circuit.TcpStream;
import java.io.InputStream;
import java.io.OutputStream;

/** A connection over a channel. */
record SshdTcpStream(StreamingChannel channel) implements TcpStream {
  @Override
  public InputStream input() {
    return channel.outputStream();
  }

  @Override
  public OutputStream output() {
    return channel.inputStream();
  }

  @Override
  public void close() {
    channel.shut();
  }
}
