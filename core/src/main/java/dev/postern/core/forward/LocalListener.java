package dev.postern.core.forward;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import dev.postern.circuit.ForwardCounts;
import dev.postern.circuit.ForwardState;
import dev.postern.route.ForwardAddress;
import dev.postern.route.ForwardSpec;
import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.concurrent.CompletableFuture;

/** A forward that listens on this machine. It depends on no circuit, only on where its exit is. */
final class LocalListener implements LosableForward, SocketLoop.Ready {
  private static final int RETRY_MILLIS = 100;

  /** So many at a time, then others have their turn. */
  private static final int TURN = 32;

  private final ForwardSpec spec;
  private final Binding binding;
  private final SocketLoop loop;
  private final Clients clients;
  private volatile boolean closed;

  LocalListener(ForwardSpec spec, Binding binding, SocketLoop loop, Clients clients) {
    this.spec = spec;
    this.binding = binding;
    this.loop = loop;
    this.clients = clients;
  }

  /** On the loop's thread. */
  void start() throws IOException {
    loop.register(binding.socket(), SelectionKey.OP_ACCEPT, this);
  }

  @Override
  public void ready(SelectionKey key) {
    try {
      for (int i = 0; i < TURN; i++) {
        SocketChannel socket = binding.socket().accept();
        if (socket == null) {
          return;
        }
        serve(socket);
      }
    } catch (IOException e) {
      pause(key);
    }
  }

  /** Too many open files, say: that passes. */
  private void pause(SelectionKey key) {
    if (closed) {
      return;
    }
    key.interestOps(0);
    CompletableFuture.delayedExecutor(RETRY_MILLIS, MILLISECONDS)
        .execute(() -> loop.later(() -> key.interestOps(SelectionKey.OP_ACCEPT)));
  }

  private void serve(SocketChannel socket) {
    try {
      clients.serve(SocketDuplex.of(socket, loop));
    } catch (IOException e) {
      // It is gone already.
      SocketLoop.quietly(socket);
    }
  }

  @Override
  public ForwardSpec spec() {
    return spec;
  }

  @Override
  public ForwardAddress address() {
    return binding.address();
  }

  @Override
  public ForwardState state() {
    return closed ? ForwardState.CLOSED : ForwardState.UP;
  }

  @Override
  public ForwardCounts counts() {
    return clients.counts();
  }

  @Override
  public void lost() {
    clients.reset();
  }

  @Override
  public void close() {
    closed = true;
    binding.close();
    clients.close();
    loop.settle();
  }
}
