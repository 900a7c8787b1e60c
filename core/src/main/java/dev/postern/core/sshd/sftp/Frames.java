package dev.postern.core.sshd.sftp;

import dev.postern.problem.Code;
import dev.postern.sftp.SftpException;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Cuts what arrives into packets (filexfer-02 section 3). One of them at a time is in memory. */
final class Frames {
  /** OpenSSH's own limit, and room for the head of a full one. */
  static final int LONGEST = (256 << 10) + 1024;

  private static final byte[] NONE = {};

  private final SftpPipe pipe;
  private final ByteBuffer head = ByteBuffer.allocate(Integer.BYTES);
  private byte[] packet = NONE;
  private @Nullable ByteBuffer body;
  private boolean first = true;

  Frames(SftpPipe pipe) {
    this.pipe = pipe;
  }

  /** The next packet, its length before it; null if not all of it is here. */
  byte @Nullable [] next() throws IOException {
    if (body == null) {
      if (!fill(head)) {
        return null;
      }
      packet = begin(head.getInt(0));
      body = ByteBuffer.wrap(packet).position(Integer.BYTES);
    }
    if (!fill(body)) {
      return null;
    }
    byte[] whole = packet;
    body = null;
    packet = NONE;
    head.clear();
    first = false;
    return whole;
  }

  private byte[] begin(int length) throws SftpException {
    if (length < 5 || length > LONGEST) {
      throw new SftpException(Code.SFTP_BROKEN_RULES, tooLong(length));
    }
    byte[] begun = new byte[Integer.BYTES + length];
    ByteBuffer.wrap(begun).putInt(length);
    return begun;
  }

  private String tooLong(int length) {
    if (first) {
      return "the server answers with something that is not SFTP; maybe its login scripts print a text, which they must not where nobody looks";
    }
    return "the server sent an SFTP packet of %d bytes; it may have 5 to %d"
        .formatted(Integer.toUnsignedLong(length), LONGEST);
  }

  private boolean fill(ByteBuffer target) throws IOException {
    while (target.hasRemaining()) {
      int count = pipe.poll(target);
      if (count < 0) {
        throw SftpPipe.endedByServer();
      }
      if (count == 0) {
        return false;
      }
      pipe.release(count);
    }
    return true;
  }
}
