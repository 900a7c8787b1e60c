package dev.postern.core.sshd.sftp;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.postern.problem.Code;
import dev.postern.sftp.SftpException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.sshd.common.util.buffer.Buffer;
import org.apache.sshd.common.util.buffer.BufferException;
import org.apache.sshd.sftp.common.SftpConstants;

/** What the server says of itself (filexfer-02 section 4). */
final class Extensions {
  static final String POSIX_RENAME = "posix-rename@openssh.com";
  static final String LIMITS = "limits@openssh.com";
  private static final int MOST = 256;

  private Extensions() {}

  /** The longest data of one read and one write; 0 where there is no limit but the packet's. */
  record Limits(long read, long write) {}

  static Map<String, byte[]> read(Buffer hello) throws SftpException {
    Map<String, byte[]> extensions = new LinkedHashMap<>();
    try {
      hello.getInt();
      hello.getUByte();
      long version = hello.getUInt();
      if (version != SftpConstants.SFTP_V3) {
        throw new SftpException(
            Code.SFTP_UNSUPPORTED,
            "the server speaks version %d of SFTP, and only version 3 is spoken here"
                .formatted(version));
      }
      while (hello.available() > 0) {
        if (extensions.size() == MOST) {
          throw new SftpException(
              Code.SFTP_BROKEN_RULES, "the server has more SFTP extensions than any honest one");
        }
        String name = hello.getString(ISO_8859_1);
        extensions.put(name, hello.getBytes());
      }
    } catch (BufferException | IllegalArgumentException | IndexOutOfBoundsException e) {
      throw new SftpException(
          Code.SFTP_BROKEN_RULES, "the server's greeting is not that of SFTP", e);
    }
    return extensions;
  }
}
