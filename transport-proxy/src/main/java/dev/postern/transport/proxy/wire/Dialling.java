package dev.postern.transport.proxy.wire;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.NANOSECONDS;

import dev.postern.api.hop.Endpoint;
import dev.postern.api.hop.HopContext;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.AsynchronousSocketChannel;
import java.nio.channels.CompletionHandler;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/**
 * Connects to a proxy from this machine. Its addresses are tried in order: the next one when one
 * fails, and beside it when it keeps silent for a while (RFC 8305 section 5).
 */
final class Dialling {
  private static final long STAGGER_MILLIS = 250;

  private final Proxy proxy;
  private final HopContext hop;
  private final BlockingQueue<Outcome> outcomes = new LinkedBlockingQueue<>();
  private final List<AsynchronousSocketChannel> begun = new ArrayList<>();
  private final List<String> failures = new ArrayList<>();

  Dialling(Proxy proxy, HopContext hop) {
    this.proxy = proxy;
    this.hop = hop;
  }

  AsynchronousSocketChannel connect() throws IOException, InterruptedException {
    long start = System.nanoTime();
    List<InetAddress> addresses = Addresses.of(proxy);
    AsynchronousSocketChannel winner = null;
    try {
      Outcome first = firstOf(addresses.iterator());
      note(text(first.address), NANOSECONDS.toMillis(System.nanoTime() - start));
      winner = first.channel;
      return winner;
    } catch (InterruptedException e) {
      throw proxy.interrupted("a connection to " + proxy);
    } finally {
      for (AsynchronousSocketChannel channel : begun) {
        if (channel != winner) {
          channel.close();
        }
      }
    }
  }

  private void note(String address, long millis) {
    boolean named = !address.equals(proxy.endpoint().toString());
    hop.note("connected to %s%s in %d ms".formatted(proxy, named ? " at " + address : "", millis));
  }

  private Outcome firstOf(Iterator<InetAddress> addresses)
      throws IOException, InterruptedException {
    int underWay = 0;
    while (underWay > 0 || addresses.hasNext()) {
      if (addresses.hasNext()) {
        begin(new InetSocketAddress(addresses.next(), proxy.endpoint().port()));
        underWay++;
      }
      Outcome outcome =
          addresses.hasNext() ? outcomes.poll(STAGGER_MILLIS, MILLISECONDS) : outcomes.take();
      if (outcome == null) {
        continue;
      }
      if (outcome.failure == null) {
        return outcome;
      }
      underWay--;
      failures.add(text(outcome.address) + " " + Failures.words(outcome.failure));
    }
    throw new IOException(
        "cannot connect to %s: %s; check that %s listens there and that nothing between blocks it"
            .formatted(proxy, String.join(", ", failures), proxy.kind()));
  }

  private void begin(InetSocketAddress address) throws IOException {
    AsynchronousSocketChannel channel = AsynchronousSocketChannel.open();
    begun.add(channel);
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    channel.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
    try {
      channel.connect(address, channel, new Connecting(address));
    } catch (RuntimeException e) {
      outcomes.add(new Outcome(address, channel, e));
    }
  }

  private static String text(InetSocketAddress address) {
    return new Endpoint(address.getAddress().getHostAddress(), address.getPort()).toString();
  }

  private record Outcome(
      InetSocketAddress address, AsynchronousSocketChannel channel, @Nullable Throwable failure) {}

  private final class Connecting implements CompletionHandler<Void, AsynchronousSocketChannel> {
    private final InetSocketAddress address;

    Connecting(InetSocketAddress address) {
      this.address = address;
    }

    @Override
    public void completed(Void nothing, AsynchronousSocketChannel channel) {
      outcomes.add(new Outcome(address, channel, null));
    }

    @Override
    public void failed(Throwable failure, AsynchronousSocketChannel channel) {
      outcomes.add(new Outcome(address, channel, failure));
    }
  }
}
