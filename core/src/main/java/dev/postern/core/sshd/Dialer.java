package dev.postern.core.sshd;

import dev.postern.api.hop.Endpoint;
import dev.postern.circuit.Phase;
import dev.postern.core.hop.HopFailure;
import dev.postern.core.hop.TrailRecorder;
import dev.postern.core.text.Sanitiser;
import dev.postern.problem.Code;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.net.UnknownHostException;
import java.nio.channels.AsynchronousChannelGroup;
import java.nio.channels.AsynchronousSocketChannel;
import java.nio.channels.CompletionHandler;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/** Connects to an endpoint from this machine, trying its addresses in order. */
final class Dialer {
  private final AsynchronousChannelGroup group;
  private final Executor blocking;

  Dialer(AsynchronousChannelGroup group, Executor blocking) {
    this.group = group;
    this.blocking = blocking;
  }

  /** Cancelling the result closes what was begun. */
  CompletableFuture<Carrier> dial(Endpoint endpoint, TrailRecorder trail) {
    Attempt attempt = new Attempt(endpoint, trail);
    blocking.execute(attempt::resolve);
    return attempt.result;
  }

  private final class Attempt implements CompletionHandler<Void, AsynchronousSocketChannel> {
    private final Endpoint endpoint;
    private final TrailRecorder trail;
    private final CompletableFuture<Carrier> result = new CompletableFuture<>();
    private final Deque<InetAddress> addresses = new ArrayDeque<>();
    private final StringBuilder failures = new StringBuilder();
    private InetSocketAddress current;

    Attempt(Endpoint endpoint, TrailRecorder trail) {
      this.endpoint = endpoint;
      this.trail = trail;
      this.current = InetSocketAddress.createUnresolved(endpoint.host(), endpoint.port());
    }

    void resolve() {
      try {
        addresses.addAll(List.of(InetAddress.getAllByName(endpoint.host())));
      } catch (UnknownHostException e) {
        result.completeExceptionally(
            new HopFailure(
                Code.NAME_NOT_RESOLVED,
                Phase.RESOLVE,
                "this machine cannot resolve the name '%s'; check it, or put a hop before it that knows it"
                    .formatted(endpoint.host()),
                e));
        return;
      }
      connectNext();
    }

    private void connectNext() {
      InetAddress address = addresses.poll();
      if (address == null) {
        result.completeExceptionally(
            new HopFailure(
                Code.CONNECT_FAILED,
                Phase.CONNECT,
                "cannot connect to %s: %s; check that an SSH server listens there and that nothing between blocks it"
                    .formatted(endpoint, failures)));
        return;
      }
      current = new InetSocketAddress(address, endpoint.port());
      AsynchronousSocketChannel channel = null;
      try {
        channel = AsynchronousSocketChannel.open(group);
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        channel.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
        AsynchronousSocketChannel opened = channel;
        result.whenComplete(
            (carrier, failure) -> {
              if (failure != null) {
                closeQuietly(opened);
              }
            });
        channel.connect(current, channel, this);
      } catch (IOException | RuntimeException e) {
        if (channel != null) {
          closeQuietly(channel);
        }
        failed(e);
      }
    }

    @Override
    public void completed(Void nothing, AsynchronousSocketChannel channel) {
      trail.record(Phase.CONNECT, "connected to " + text(current));
      if (!result.complete(new StreamCarrier(channel, current))) {
        closeQuietly(channel);
      }
    }

    @Override
    public void failed(Throwable failure, AsynchronousSocketChannel channel) {
      closeQuietly(channel);
      failed(failure);
    }

    private void failed(Throwable failure) {
      if (result.isDone()) {
        return;
      }
      String reason = text(current) + " " + Sanitiser.line(String.valueOf(failure.getMessage()));
      failures.append(failures.isEmpty() ? "" : ", ").append(reason);
      connectNext();
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
  }
}
