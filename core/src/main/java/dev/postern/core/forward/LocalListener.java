package dev.postern.core.forward;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import dev.postern.circuit.ForwardState;
import dev.postern.route.ForwardSpec;
import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.concurrent.CompletableFuture;

/** A forward that listens on this machine. It depends on no circuit, only on where its exit is. */
final class LocalListener extends ServedForward implements SocketLoop.Ready {
  private static final int RETRY_MILLIS = 100;

  /** So many at a time, then others have their turn. */
  private static final int TURN = 32;

  private final Binding binding;
  private final SocketLoop loop;

  LocalListener(ForwardSpec spec, Binding binding, SocketLoop loop, Clients clients) {
    super(spec, binding.address(), clients);
    this.binding = binding;
    this.loop = loop;
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
    if (state() == ForwardState.CLOSED) {
      return;
    }
    key.interestOps(0);
    CompletableFuture.delayedExecutor(RETRY_MILLIS, MILLISECONDS)
        .execute(() -> loop.later(() -> key.interestOps(SelectionKey.OP_ACCEPT)));
  }

  private void serve(SocketChannel socket) {
    try {
      clients().serve(SocketDuplex.of(socket, loop));
    } catch (IOException e) {
      // It is gone already.
      SocketLoop.quietly(socket);
    }
  }

  @Override
  void stopListening() {
    binding.close();
  }

  @Override
  public void close() {
    super.close();
    loop.settle();
  }
}
