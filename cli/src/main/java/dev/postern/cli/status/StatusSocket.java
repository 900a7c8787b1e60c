package dev.postern.cli.status;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigValueFactory;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Says to whoever connects what the route of this process is at: one line of JSON, then the end.
 * Only this user may connect. It has one thread, which does not hold the process.
 */
public final class StatusSocket implements AutoCloseable {
  /** Who does not read must not keep others waiting. */
  private static final long PATIENCE_MILLIS = 1_000;

  private final ServerSocketChannel channel;
  private final Path path;
  private final Object file;
  private final StatusSource source;
  private final CountDownLatch closed = new CountDownLatch(1);

  private StatusSocket(ServerSocketChannel channel, Path path, Object file, StatusSource source) {
    this.channel = channel;
    this.path = path;
    this.file = file;
    this.source = source;
  }

  /**
   * Listens from now on.
   *
   * @throws IOException if it cannot; its message says why
   */
  public static StatusSocket open(StatusPlaces places, long pid, StatusSource source)
      throws IOException {
    Path folder = places.toListenIn();
    Path path = folder.resolve("forward-%d.sock".formatted(pid));
    // Under the name that is looked for, there is never a socket that does not listen yet.
    Path begun = folder.resolve(path.getFileName() + ".new");
    Files.deleteIfExists(begun);
    ServerSocketChannel channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    try {
      channel.bind(UnixDomainSocketAddress.of(begun));
      Files.setPosixFilePermissions(begun, PosixFilePermissions.fromString("rw-------"));
      Object file = file(begun);
      Files.move(begun, path, StandardCopyOption.ATOMIC_MOVE);
      StatusSocket socket = new StatusSocket(channel, path, file, source);
      Thread thread = new Thread(socket::serve, "postern-status");
      thread.setDaemon(true);
      thread.start();
      return socket;
    } catch (IOException | RuntimeException e) {
      channel.close();
      Files.deleteIfExists(begun);
      throw e;
    }
  }

  private static Object file(Path path) throws IOException {
    return Objects.requireNonNull(
        Files.readAttributes(path, BasicFileAttributes.class, NOFOLLOW_LINKS).fileKey(),
        "the file system tells no files apart");
  }

  private void serve() {
    try {
      while (channel.isOpen()) {
        serveOne();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      close();
    }
  }

  private void serveOne() throws InterruptedException {
    SocketChannel client;
    try {
      client = channel.accept();
    } catch (ClosedChannelException e) {
      return;
    } catch (IOException e) {
      // No descriptors are left, say.
      closed.await(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
      return;
    }
    try (client) {
      write(client, UTF_8.encode(document()));
    } catch (IOException e) {
      // Who asked has gone.
    }
  }

  private String document() {
    return ConfigValueFactory.fromAnyRef(source.now().json()).render(ConfigRenderOptions.concise())
        + "\n";
  }

  private static void write(SocketChannel client, ByteBuffer bytes) throws IOException {
    client.configureBlocking(false);
    client.write(bytes);
    if (!bytes.hasRemaining()) {
      return;
    }
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PATIENCE_MILLIS);
    try (Selector selector = Selector.open()) {
      client.register(selector, SelectionKey.OP_WRITE);
      while (bytes.hasRemaining()) {
        long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
        if (left <= 0 || selector.select(left) == 0) {
          return;
        }
        selector.selectedKeys().clear();
        client.write(bytes);
      }
    }
  }

  /** Listens no more, and removes the socket if it is still ours. */
  @Override
  public void close() {
    closed.countDown();
    try {
      channel.close();
      if (file(path).equals(file)) {
        Files.delete(path);
      }
    } catch (IOException e) {
      // It is gone.
    }
  }
}
