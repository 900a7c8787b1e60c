package dev.postern.core.forward;

import static java.net.StandardSocketOptions.SO_KEEPALIVE;

import java.io.IOException;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.Iterator;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Connects to the first of some addresses that answers. On the loop's thread. */
final class Dialling implements SocketLoop.Ready {
  private final Iterator<SocketAddress> addresses;
  private final SocketLoop loop;
  private final CompletableFuture<Duplex> connected;
  private @Nullable SocketChannel socket;
  private IOException failure = new IOException("it has no address");

  Dialling(
      Iterator<SocketAddress> addresses, SocketLoop loop, CompletableFuture<Duplex> connected) {
    this.addresses = addresses;
    this.loop = loop;
    this.connected = connected;
    connected.whenComplete(
        (duplex, given) -> {
          if (given != null) {
            loop.later(this::giveUp);
          }
        });
  }

  void next() {
    while (addresses.hasNext() && !connected.isDone()) {
      try {
        begin(addresses.next());
        return;
      } catch (IOException | RuntimeException e) {
        failed(e);
      }
    }
    connected.completeExceptionally(failure);
  }

  private void begin(SocketAddress address) throws IOException {
    SocketChannel opened =
        address instanceof UnixDomainSocketAddress
            ? SocketChannel.open(StandardProtocolFamily.UNIX)
            : SocketChannel.open();
    socket = opened;
    opened.configureBlocking(false);
    if (opened.supportedOptions().contains(SO_KEEPALIVE)) {
      opened.setOption(SO_KEEPALIVE, true);
    }
    if (opened.connect(address)) {
      hand(opened);
    } else {
      loop.register(opened, SelectionKey.OP_CONNECT, this);
    }
  }

  @Override
  public void ready(SelectionKey key) {
    SocketChannel opened = socket;
    try {
      if (opened != null && opened.finishConnect()) {
        key.interestOps(0);
        hand(opened);
      }
    } catch (IOException e) {
      failed(e);
      next();
    }
  }

  private void hand(SocketChannel opened) throws IOException {
    SocketDuplex duplex = SocketDuplex.of(opened, loop);
    socket = null;
    if (!connected.complete(duplex)) {
      duplex.close();
    }
  }

  private void failed(Exception reason) {
    failure = reason instanceof IOException io ? io : new IOException(reason.getMessage(), reason);
    giveUp();
  }

  private void giveUp() {
    if (socket != null) {
      SocketLoop.quietly(socket);
      socket = null;
    }
  }
}
