package dev.postern.core.sshd.sftp;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.postern.core.sshd.sftp.FakePipe.Packet;
import java.util.List;
import org.apache.sshd.common.util.buffer.ByteArrayBuffer;
import org.apache.sshd.sftp.common.SftpConstants;

/** Packets of a server, written by hand. */
final class Answers {
  static final int FILE = 0100644;
  static final int FOLDER = 0040755;
  static final int LINK = 0120777;

  private Answers() {}

  static byte[] version(int version) {
    ByteArrayBuffer body = new ByteArrayBuffer();
    body.putByte((byte) SftpConstants.SSH_FXP_VERSION);
    body.putUInt(version);
    return framed(body);
  }

  static byte[] status(int id, int status, String words) {
    ByteArrayBuffer body = begun(SftpConstants.SSH_FXP_STATUS, id);
    body.putUInt(status);
    body.putString(words);
    body.putString("");
    return framed(body);
  }

  static byte[] handle(int id, byte[] handle) {
    ByteArrayBuffer body = begun(SftpConstants.SSH_FXP_HANDLE, id);
    body.putBytes(handle);
    return framed(body);
  }

  static byte[] data(int id, byte[] data) {
    ByteArrayBuffer body = begun(SftpConstants.SSH_FXP_DATA, id);
    body.putBytes(data);
    return framed(body);
  }

  static byte[] attributes(int id, int mode, long size) {
    ByteArrayBuffer body = begun(SftpConstants.SSH_FXP_ATTRS, id);
    put(body, mode, size);
    return framed(body);
  }

  static byte[] name(int id, String name) {
    return names(id, List.of(new Named(name, FOLDER, 0)));
  }

  record Named(String name, int mode, long size) {}

  static byte[] names(int id, List<Named> names) {
    ByteArrayBuffer body = begun(SftpConstants.SSH_FXP_NAME, id);
    body.putUInt(names.size());
    for (Named each : names) {
      body.putString(each.name(), ISO_8859_1);
      body.putString("", ISO_8859_1);
      put(body, each.mode(), each.size());
    }
    return framed(body);
  }

  /** Size, mode, and times. */
  private static void put(ByteArrayBuffer body, int mode, long size) {
    body.putUInt(1 | 4 | 8);
    body.putLong(size);
    body.putUInt(mode);
    body.putUInt(1_000_000_000);
    body.putUInt(1_000_000_000);
  }

  static ByteArrayBuffer begun(int type, int id) {
    ByteArrayBuffer body = new ByteArrayBuffer();
    body.putByte((byte) type);
    body.putInt(id);
    return body;
  }

  static byte[] framed(ByteArrayBuffer body) {
    ByteArrayBuffer frame = new ByteArrayBuffer();
    frame.putBytes(body.getCompactData());
    return frame.getCompactData();
  }

  /** What an honest server says to the hello, or to whatever else it does not care for. */
  static byte[] usual(Packet packet) {
    return packet.command() == SftpConstants.SSH_FXP_INIT
        ? version(3)
        : status(packet.id(), SftpConstants.SSH_FX_OK, "fine");
  }
}
