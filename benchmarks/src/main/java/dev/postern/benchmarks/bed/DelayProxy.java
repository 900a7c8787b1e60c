package dev.postern.benchmarks.bed;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.locks.LockSupport;

/**
 * A link to a server that is as long as one likes: it holds every chunk for a time, each way. It
 * accepts at once, so that connecting by TCP takes no time.
 */
public final class DelayProxy implements AutoCloseable {
  private static final int CHUNK = 64 * 1024;

  private final ServerSocket listener;
  private final int target;
  private volatile Duration delay = Duration.ZERO;

  private DelayProxy(ServerSocket listener, int target) {
    this.listener = listener;
    this.target = target;
  }

  /** Listens on loopback before a port there. */
  static DelayProxy before(int port) throws IOException {
    DelayProxy proxy =
        new DelayProxy(new ServerSocket(0, 100, InetAddress.getLoopbackAddress()), port);
    daemon(proxy::accept);
    return proxy;
  }

  int port() {
    return listener.getLocalPort();
  }

  /** Sets how long each way takes from now on. */
  public void delay(Duration oneWay) {
    this.delay = oneWay;
  }

  private void accept() throws IOException {
    while (!listener.isClosed()) {
      Socket client = listener.accept();
      Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
      client.setTcpNoDelay(true);
      server.setTcpNoDelay(true);
      carry(client, server);
      carry(server, client);
    }
  }

  private void carry(Socket from, Socket to) {
    BlockingQueue<Chunk> under = new LinkedBlockingQueue<>();
    daemon(
        () -> {
          byte[] buffer = new byte[CHUNK];
          int count = 0;
          while (count >= 0) {
            count = readOrEnd(from, buffer);
            byte[] bytes = Arrays.copyOf(buffer, Math.max(count, 0));
            under.add(new Chunk(System.nanoTime() + delay.toNanos(), bytes));
          }
        });
    daemon(
        () -> {
          try (from;
              to) {
            for (Chunk next = under.take(); next.bytes.length > 0; next = under.take()) {
              next.await();
              to.getOutputStream().write(next.bytes);
            }
            // The other direction of an SSH link has nothing to say after one has ended.
          }
        });
  }

  private static int readOrEnd(Socket from, byte[] buffer) {
    try {
      return from.getInputStream().read(buffer);
    } catch (IOException e) {
      return -1;
    }
  }

  private static void daemon(Step step) {
    Thread thread =
        new Thread(
            () -> {
              try {
                step.run();
              } catch (IOException e) {
                // Either side hung up, as they do.
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            },
            "delay");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }

  @FunctionalInterface
  private interface Step {
    void run() throws IOException, InterruptedException;
  }

  /** Bytes that arrive at a time; none for the end. */
  private static final class Chunk {
    private final long due;
    private final byte[] bytes;

    Chunk(long due, byte[] bytes) {
      this.due = due;
      this.bytes = bytes;
    }

    void await() {
      for (long rest = due - System.nanoTime(); rest > 0; rest = due - System.nanoTime()) {
        LockSupport.parkNanos(rest);
      }
    }
  }
}
