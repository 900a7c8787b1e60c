package dev.postern.core.sshd.sftp;

import dev.postern.problem.Code;
import dev.postern.sftp.SftpException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import org.apache.sshd.client.channel.ClientChannel;
import org.jspecify.annotations.Nullable;

/** The channel that a server speaks SFTP on, as this room sees it. */
public interface SftpPipe {
  /** Runs the action, which does not block, when there is something to {@link #poll}. */
  void onChange(Runnable action);

  /** Reads without waiting: 0 if nothing is here yet, -1 at the end. */
  int poll(ByteBuffer target) throws IOException;

  /** Lets the server send as much more as was read. */
  void release(int count);

  /** What we send; blocks while the window is full. */
  OutputStream output();

  /** Why nothing can be sent, or nothing more comes. */
  SftpException ended();

  /** The server closed the channel, or its direction of it. */
  static SftpException endedByServer() {
    return new SftpException(
        Code.SFTP_ENDED, "the server ended SFTP in the middle; its log may say why");
  }

  /** Closes the channel. */
  void shut();

  /** The channel, for MINA's log. */
  @Nullable ClientChannel channel();
}
