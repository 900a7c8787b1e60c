package dev.postern.core.sshd;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.apache.sshd.client.channel.AbstractClientChannel;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.channel.ChannelAsyncOutputStream;
import org.apache.sshd.common.io.IoWriteFuture;
import org.apache.sshd.common.util.buffer.Buffer;
import org.jspecify.annotations.Nullable;

/**
 * A channel whose bytes are read and written by others, at their pace. It has no thread, and never
 * blocks the session's.
 */
abstract class StreamingChannel extends AbstractClientChannel {
  private static final int LARGEST_PACKET = 64 << 10;

  private final Room room = new Room(this);
  private final ReceivedBytes output = new ReceivedBytes(this::release);
  private final ReceivedBytes error = new ReceivedBytes(this::release);
  private final InputStream outputStream = new ChannelInput(output);
  private final InputStream errorStream = new ChannelInput(error);
  private final OutputStream inputStream = new ChannelOutput(this);
  private final CompletableFuture<Void> granted = new CompletableFuture<>();
  private volatile boolean closedByPeer;
  private volatile boolean closedByUs;
  private volatile Supplier<String> whyLost = () -> "the link was lost";

  StreamingChannel(String type) {
    super(type);
    setStreaming(Streaming.Async);
  }

  /**
   * Completes, maybe on an I/O thread, when the server granted all that was asked for; fails with
   * what it said instead, or with {@link EOFException} if it closed the channel.
   */
  CompletableFuture<Void> granted() {
    return granted;
  }

  /** Sets what readers and writers are told when the session ends. */
  final void tellWhenLost(Supplier<String> words) {
    whyLost = words;
  }

  final ReceivedBytes received() {
    return output;
  }

  final ReceivedBytes receivedError() {
    return error;
  }

  final InputStream outputStream() {
    return outputStream;
  }

  final InputStream errorStream() {
    return errorStream;
  }

  final OutputStream inputStream() {
    return inputStream;
  }

  /** Whether the server closed the channel, and not the session's end. */
  final boolean isClosedByPeer() {
    return closedByPeer;
  }

  final boolean isClosedByUs() {
    return closedByUs;
  }

  final int packetSize() {
    return (int) Math.max(1, Math.min(getRemoteWindow().getPacketSize(), LARGEST_PACKET));
  }

  /** Sends when the window lets it. One buffer at a time, left alone until the future is done. */
  final IoWriteFuture send(Buffer buffer) throws IOException {
    return asyncIn.writeBuffer(buffer);
  }

  /** There is no second stream: it is at its end, and what comes for it holds up nothing. */
  final void withoutError() {
    error.discard(null);
  }

  /** Ends our direction. */
  final void sendEnd() throws IOException {
    sendEof();
  }

  /** Gives the server room for what was read. */
  final void release(int count) {
    if (closedByUs || isClosing()) {
      return;
    }
    room.give(count);
  }

  /** Closes both directions; a write that waits fails. */
  final void shut() {
    closedByUs = true;
    output.discard(new IOException("the channel is closed"));
    error.discard(new IOException("the channel is closed"));
    stopWriting();
    close(false);
  }

  /**
   * Once it is given up, nothing of it goes out but its close: no request either, if the server
   * opens it only now.
   */
  @Override
  protected boolean mayWrite() {
    return !closedByUs && super.mayWrite();
  }

  private void stopWriting() {
    if (asyncIn != null) {
      asyncIn.close(true);
    }
  }

  /** The failure of a write. */
  final IOException broken(@Nullable Throwable cause) {
    return new IOException(closingWords(), cause);
  }

  private String closingWords() {
    if (closedByUs) {
      return "the channel is closed";
    }
    return closedByPeer ? "the other side closed the channel" : whyLost.get();
  }

  /** Once only: each time opens it, and asks for what it is for. */
  @Override
  public void handleOpenSuccess(long recipient, long window, long packet, Buffer buffer) {
    if (openFuture == null || openFuture.isDone()) {
      throw new IllegalStateException("a channel that nobody asked for was confirmed");
    }
    super.handleOpenSuccess(recipient, window, packet, buffer);
    if (openFuture.isOpened()) {
      usable();
    }
  }

  /** The channel is open. Must not block. */
  void usable() {}

  @Override
  protected void doOpen() throws IOException {
    asyncIn = new ChannelAsyncOutputStream(this, SshConstants.SSH_MSG_CHANNEL_DATA);
  }

  @Override
  protected void doWriteData(byte[] data, int offset, long length) {
    output.append(data, offset, (int) length);
  }

  @Override
  protected void doWriteExtendedData(byte[] data, int offset, long length) {
    error.append(data, offset, (int) length);
  }

  @Override
  public void handleEof() throws IOException {
    super.handleEof();
    output.end(null);
    error.end(null);
  }

  /** A write that waits for a window would wait for ever: no more of it comes. */
  @Override
  public void handleClose() throws IOException {
    closedByPeer = true;
    stopWriting();
    super.handleClose();
  }

  @Override
  protected void preClose() {
    super.preClose();
    IOException reason = closedByPeer ? null : new IOException(closingWords());
    output.end(reason);
    error.end(reason);
    granted.completeExceptionally(new EOFException(closingWords()));
    gone();
  }

  /** The channel is over, whoever ended it. Must not block. */
  abstract void gone();
}
