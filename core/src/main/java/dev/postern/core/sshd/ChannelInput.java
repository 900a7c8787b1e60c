package dev.postern.core.sshd;

import dev.postern.core.socket.TimedInput;
import java.io.IOException;

/** Reads what a channel received. Closing it lets the sender go on unheard. */
final class ChannelInput extends TimedInput {
  private final ReceivedBytes received;

  ChannelInput(ReceivedBytes received) {
    this.received = received;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return received.read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    return received.read(target, offset, length);
  }

  @Override
  public int read(byte[] target, int offset, int length, int timeoutMillis) throws IOException {
    return received.read(target, offset, length, timeoutMillis);
  }

  @Override
  public void ignore() {
    received.discard(null);
  }

  @Override
  public int available() {
    return received.available();
  }

  @Override
  public void close() {
    received.discard(new IOException("the stream is closed"));
  }
}
