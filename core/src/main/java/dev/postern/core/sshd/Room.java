package dev.postern.core.sshd;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.sshd.common.channel.AbstractChannel;
import org.apache.sshd.common.channel.LocalWindow;
import org.apache.sshd.common.util.threads.ThreadUtils;

/**
 * Gives the sender room for what was read, an eighth of the window at a time: MINA would tell it
 * after every third packet, and each time both sides have a packet to make, to send and to read.
 */
final class Room {
  private static final int PARTS = 8;

  private final AbstractChannel channel;
  private final AtomicLong read = new AtomicLong();

  Room(AbstractChannel channel) {
    this.channel = channel;
  }

  void give(int count) {
    LocalWindow window = channel.getLocalWindow();
    if (!window.isOpen() || read.addAndGet(count) < window.getMaxSize() / PARTS) {
      return;
    }
    try {
      // As internal: other threads would wait here while keys are exchanged.
      ThreadUtils.runAsInternal(
          window,
          open -> {
            open.release(read.getAndSet(0));
            return open;
          });
    } catch (IOException e) {
      channel.getSession().exceptionCaught(e);
    }
  }
}
