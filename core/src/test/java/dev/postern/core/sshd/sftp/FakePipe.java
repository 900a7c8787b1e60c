package dev.postern.core.sshd.sftp;

import dev.postern.problem.Code;
import dev.postern.sftp.SftpException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.apache.sshd.client.channel.ClientChannel;
import org.jspecify.annotations.Nullable;

/** A pipe with a server at its other end that answers in whatever bytes it likes. */
final class FakePipe implements SftpPipe {
  private final Function<Packet, List<byte[]>> server;
  private final ByteArrayOutputStream asked = new ByteArrayOutputStream();
  private final ByteArrayOutputStream answered = new ByteArrayOutputStream();
  private final List<Integer> commands = new ArrayList<>();
  private int taken;
  private boolean shut;
  private Runnable listener = () -> {};

  FakePipe(Function<Packet, List<byte[]>> server) {
    this.server = server;
  }

  /** A request: all of it, with its length before it. */
  record Packet(byte[] bytes) {
    int command() {
      return bytes[4];
    }

    int id() {
      return ByteBuffer.wrap(bytes).getInt(5);
    }

    /** The body, behind command and id. */
    ByteBuffer body() {
      return ByteBuffer.wrap(bytes, 9, bytes.length - 9);
    }

    String name() {
      ByteBuffer body = body();
      byte[] name = new byte[body.getInt()];
      body.get(name);
      return new String(name, java.nio.charset.StandardCharsets.ISO_8859_1);
    }
  }

  boolean isShut() {
    return shut;
  }

  synchronized List<Integer> commands() {
    return List.copyOf(commands);
  }

  @Override
  public void onChange(Runnable action) {
    listener = action;
    action.run();
  }

  @Override
  public synchronized int poll(ByteBuffer target) {
    if (shut) {
      return -1;
    }
    byte[] all = answered.toByteArray();
    int count = Math.min(target.remaining(), all.length - taken);
    target.put(all, taken, count);
    taken += count;
    if (taken == all.length) {
      answered.reset();
      taken = 0;
    }
    return count;
  }

  @Override
  public void release(int count) {}

  @Override
  public OutputStream output() {
    return new OutputStream() {
      @Override
      public void write(int value) throws IOException {
        throw new IOException("one byte at a time");
      }

      @Override
      public void write(byte[] source, int offset, int length) throws IOException {
        sent(source, offset, length);
      }
    };
  }

  private void sent(byte[] source, int offset, int length) throws IOException {
    synchronized (this) {
      if (shut) {
        throw new IOException("shut");
      }
      asked.write(source, offset, length);
      byte[] all = asked.toByteArray();
      int begin = 0;
      while (all.length - begin >= 4) {
        int size = 4 + ByteBuffer.wrap(all).getInt(begin);
        if (all.length - begin < size) {
          break;
        }
        Packet packet = new Packet(java.util.Arrays.copyOfRange(all, begin, begin + size));
        commands.add(packet.command());
        for (byte[] answer : server.apply(packet)) {
          answered.write(answer);
        }
        begin += size;
      }
      asked.reset();
      asked.write(all, begin, all.length - begin);
    }
    listener.run();
  }

  @Override
  public SftpException ended() {
    return new SftpException(Code.LINK_LOST, "hop 1/1 x@y channel: the link was lost");
  }

  @Override
  public void shut() {
    shut = true;
  }

  @Override
  public @Nullable ClientChannel channel() {
    return null;
  }
}
