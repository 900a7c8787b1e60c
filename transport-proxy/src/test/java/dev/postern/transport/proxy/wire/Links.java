package dev.postern.transport.proxy.wire;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.util.concurrent.TimeUnit.SECONDS;

import dev.postern.api.transport.Link;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousByteChannel;

/** What goes over a link. */
public final class Links {
  private Links() {}

  /** The channel that a transport made. */
  public static AsynchronousByteChannel channel(Link link) {
    return ((Link.Stream) link).channel();
  }

  /** Reads so many characters, or fewer at the end. */
  public static String read(AsynchronousByteChannel channel, int count) throws Exception {
    ByteBuffer buffer = ByteBuffer.allocate(count);
    while (buffer.hasRemaining() && channel.read(buffer).get(10, SECONDS) >= 0) {
      // more may come
    }
    return new String(buffer.array(), 0, buffer.position(), ISO_8859_1);
  }

  /** Writes a text. */
  public static void write(AsynchronousByteChannel channel, String text) throws Exception {
    ByteBuffer buffer = ByteBuffer.wrap(text.getBytes(ISO_8859_1));
    while (buffer.hasRemaining()) {
      channel.write(buffer).get(10, SECONDS);
    }
  }
}
