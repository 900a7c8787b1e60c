package dev.postern.cli.session;

import java.io.IOException;
import java.io.OutputStream;

/**
 * What is typed, on its way to the far end. The escape key at the beginning of a line makes the
 * next key ours, as in OpenSSH; all else goes on unchanged.
 */
final class EscapingOutput extends OutputStream {
  private static final int SUSPEND = 'Z' & 0x1f;

  private final OutputStream remote;
  private final int key;
  private final Escapes escapes;
  private boolean lineBegins = true;
  private boolean escaped;

  EscapingOutput(OutputStream remote, int key, Escapes escapes) {
    this.remote = remote;
    this.key = key;
    this.escapes = escapes;
  }

  @Override
  public void write(int octet) throws IOException {
    write(new byte[] {(byte) octet}, 0, 1);
  }

  @Override
  public void write(byte[] typed, int offset, int length) throws IOException {
    byte[] passed = new byte[length + 1];
    int count = 0;
    for (int i = offset; i < offset + length; i++) {
      int octet = typed[i] & 0xff;
      if (escaped) {
        escaped = false;
        if (isOurs(octet)) {
          // What was typed before goes first.
          remote.write(passed, 0, count);
          remote.flush();
          count = 0;
          obey(octet);
          lineBegins = true;
          continue;
        }
        if (octet != key) {
          passed[count++] = (byte) key;
        }
      } else if (lineBegins && octet == key) {
        escaped = true;
        continue;
      }
      passed[count++] = (byte) octet;
      lineBegins = octet == '\r' || octet == '\n';
    }
    remote.write(passed, 0, count);
  }

  private static boolean isOurs(int octet) {
    return octet == '.' || octet == '?' || octet == SUSPEND;
  }

  private void obey(int octet) {
    switch (octet) {
      case '.' -> escapes.disconnect();
      case '?' -> escapes.help();
      default -> escapes.suspend();
    }
  }

  @Override
  public void flush() throws IOException {
    remote.flush();
  }

  @Override
  public void close() throws IOException {
    remote.close();
  }

  /** What the keys after the escape key do. */
  interface Escapes {
    /** Leaves the far end. */
    void disconnect();

    /** Stops this process, as {@code ^Z} does with others. */
    void suspend();

    /** Says what there is. */
    void help();
  }
}
