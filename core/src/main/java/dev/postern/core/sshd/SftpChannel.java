package dev.postern.core.sshd;

import dev.postern.core.hop.HopFailure;
import dev.postern.core.sshd.sftp.SftpPipe;
import dev.postern.problem.Code;
import dev.postern.sftp.SftpException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.function.Supplier;
import org.apache.sshd.client.channel.ClientChannel;

/** The channel of the subsystem {@code sftp}. */
record SftpChannel(ProcessChannel process, Supplier<String> whyLost, Supplier<HopFailure> lost)
    implements SftpPipe {
  @Override
  public void onChange(Runnable action) {
    process.received().onChange(action);
  }

  @Override
  public int poll(ByteBuffer target) throws IOException {
    return process.received().poll(target);
  }

  @Override
  public void release(int count) {
    process.release(count);
  }

  @Override
  public OutputStream output() {
    return process.inputStream();
  }

  @Override
  public SftpException ended() {
    if (process.isClosedByUs()) {
      return new SftpException(Code.CLOSED, "SFTP was closed");
    }
    if (process.isClosedByPeer()) {
      return SftpPipe.endedByServer();
    }
    HopFailure failure = lost.get();
    String words = whyLost.get();
    String code = " [" + failure.code() + "]";
    return new SftpException(
        failure.code(),
        words.endsWith(code) ? words.substring(0, words.length() - code.length()) : words,
        failure);
  }

  @Override
  public void shut() {
    process.shut();
  }

  @Override
  public ClientChannel channel() {
    return process;
  }
}
