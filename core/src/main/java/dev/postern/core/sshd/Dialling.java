package dev.postern.core.sshd;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import dev.postern.api.hop.Endpoint;
import dev.postern.circuit.Phase;
import dev.postern.core.hop.HopFailure;
import dev.postern.core.hop.TrailRecorder;
import dev.postern.problem.Code;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.AsynchronousChannelGroup;
import java.nio.channels.AsynchronousSocketChannel;
import java.nio.channels.CompletionHandler;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/**
 * Tries the addresses of one endpoint in order: the next one when one fails, and beside it when it
 * keeps silent for a while (RFC 8305 section 5). The first that answers wins.
 */
final class Dialling {
  private static final long STAGGER_MILLIS = 250;

  private final Endpoint endpoint;
  private final AsynchronousChannelGroup group;
  private final TrailRecorder trail;
  private final CompletableFuture<Carrier> result;
  private final Executor later;
  private final long begun = System.nanoTime();
  private final Deque<InetAddress> left;
  private final List<String> failures = new ArrayList<>();
  private int underWay;
  private boolean won;

  Dialling(
      Endpoint endpoint,
      List<InetAddress> addresses,
      AsynchronousChannelGroup group,
      TrailRecorder trail,
      CompletableFuture<Carrier> result) {
    this.endpoint = endpoint;
    this.left = new ArrayDeque<>(addresses);
    this.group = group;
    this.trail = trail;
    this.result = result;
    this.later = CompletableFuture.delayedExecutor(STAGGER_MILLIS, MILLISECONDS, Runnable::run);
  }

  void begin() {
    InetAddress address;
    synchronized (this) {
      address = left.poll();
      if (address == null || result.isDone()) {
        return;
      }
      underWay++;
      if (!left.isEmpty()) {
        later.execute(this::begin);
      }
    }
    connect(new InetSocketAddress(address, endpoint.port()));
  }

  private void connect(InetSocketAddress address) {
    AsynchronousSocketChannel channel = null;
    try {
      channel = AsynchronousSocketChannel.open(group);
      AsynchronousSocketChannel opened = channel;
      result.whenComplete(
          (carrier, failure) -> {
            if (carrier == null || !carrier.remoteAddress().equals(address)) {
              closeQuietly(opened);
            }
          });
      channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
      channel.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
      channel.connect(address, channel, new Connecting(address));
    } catch (IOException | RuntimeException e) {
      if (channel != null) {
        closeQuietly(channel);
      }
      failed(address, e);
    }
  }

  private void connected(InetSocketAddress address, AsynchronousSocketChannel channel) {
    synchronized (this) {
      if (won || result.isDone()) {
        closeQuietly(channel);
        return;
      }
      won = true;
    }
    long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun);
    trail.record(Phase.CONNECT, "connected to %s in %d ms".formatted(text(address), millis));
    if (!result.complete(new StreamCarrier(channel, address))) {
      closeQuietly(channel);
    }
  }

  private void failed(InetSocketAddress address, Throwable failure) {
    String told;
    synchronized (this) {
      underWay--;
      failures.add(text(address) + " " + SessionTrouble.describe(failure));
      if (!left.isEmpty() || underWay > 0) {
        told = null;
      } else {
        told = String.join(", ", failures);
      }
    }
    if (told == null) {
      begin();
      return;
    }
    result.completeExceptionally(
        new HopFailure(
            Code.CONNECT_FAILED,
            Phase.CONNECT,
            "cannot connect to %s: %s; check that an SSH server listens there and that nothing between blocks it"
                .formatted(endpoint, told),
            failure));
  }

  private static String text(InetSocketAddress address) {
    return new Endpoint(address.getAddress().getHostAddress(), address.getPort()).toString();
  }

  private static void closeQuietly(AsynchronousSocketChannel channel) {
    try {
      channel.close();
    } catch (IOException e) {
      // It is being given up.
    }
  }

  private final class Connecting implements CompletionHandler<Void, AsynchronousSocketChannel> {
    private final InetSocketAddress address;

    Connecting(InetSocketAddress address) {
      this.address = address;
    }

    @Override
    public void completed(Void nothing, AsynchronousSocketChannel channel) {
      connected(address, channel);
    }

    @Override
    public void failed(Throwable failure, AsynchronousSocketChannel channel) {
      closeQuietly(channel);
      Dialling.this.failed(address, failure);
    }
  }
}
