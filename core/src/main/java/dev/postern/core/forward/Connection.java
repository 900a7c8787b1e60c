package dev.postern.core.forward;

import static java.util.Objects.requireNonNull;

import dev.postern.core.hop.HopFailure;
import dev.postern.problem.Code;
import dev.postern.route.ForwardAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One connection to a forward, from its arrival to its end. */
final class Connection {
  private final Clients clients;
  private final List<Runnable> endings = new ArrayList<>();
  private final long arrived = System.nanoTime();
  private final AtomicLong sent = new AtomicLong();
  private final AtomicLong received = new AtomicLong();
  private volatile @Nullable HopFailure refusal;
  private @Nullable Runnable abortion;
  private boolean closed;

  Connection(Clients clients) {
    this.clients = clients;
  }

  /** Takes one that is here: at this machine's listener, or confirmed at the far end. */
  void serve(Duplex client, Optional<ForwardAddress> target) {
    onClose(client::close);
    if (target.isPresent()) {
      open(target.get()).whenComplete((reached, failure) -> opened(client, reached, failure));
      return;
    }
    SocksDialogue dialogue = new SocksDialogue(client, clients.patience());
    dialogue
        .hear()
        .whenComplete(
            (wanted, failure) -> {
              if (wanted == null) {
                refuse(requireNonNull(failure));
                close();
              } else {
                open(wanted)
                    .whenComplete((reached, reason) -> heard(dialogue, client, reached, reason));
              }
            });
  }

  /** One that arrived at the far end, and is confirmed there when this side is ready. */
  CompletableFuture<Consumer<Duplex>> arrived(Optional<ForwardAddress> target) {
    CompletableFuture<Consumer<Duplex>> ready = new CompletableFuture<>();
    if (target.isEmpty()) {
      ready.complete(client -> serve(client, target));
    } else {
      open(target.get())
          .whenComplete(
              (reached, failure) -> {
                if (reached == null) {
                  refuse(requireNonNull(failure));
                  ready.completeExceptionally(failure);
                } else {
                  ready.complete(
                      client -> {
                        onClose(client::close);
                        relay(client, reached);
                      });
                }
              });
    }
    ready.whenComplete(
        (taker, failure) -> {
          if (failure != null) {
            close();
          }
        });
    return ready;
  }

  private CompletableFuture<Duplex> open(ForwardAddress target) {
    CompletableFuture<Duplex> opening = clients.exit().open(target);
    onClose(() -> opening.cancel(true));
    return opening.whenComplete(
        (reached, failure) -> {
          if (reached != null) {
            onClose(reached::close);
          }
        });
  }

  private void opened(Duplex client, @Nullable Duplex reached, @Nullable Throwable failure) {
    if (reached == null) {
      refuse(requireNonNull(failure));
      if (isForWantOfACircuit(known(failure))) {
        client.abort();
      }
      close();
      return;
    }
    relay(client, reached);
  }

  /** The target has said nothing, so its client must not take the end for an empty answer. */
  private static boolean isForWantOfACircuit(@Nullable HopFailure failure) {
    return failure != null && failure.code() == Code.FORWARD_WITHOUT_CIRCUIT;
  }

  private void heard(
      SocksDialogue dialogue,
      Duplex client,
      @Nullable Duplex reached,
      @Nullable Throwable failure) {
    if (reached == null) {
      refuse(requireNonNull(failure));
      dialogue.answer(failure, this::close);
      return;
    }
    dialogue.answer(null, () -> relay(client, reached));
  }

  private void relay(Duplex client, Duplex reached) {
    synchronized (this) {
      abortion =
          () -> {
            client.abort();
            reached.abort();
          };
    }
    clients.relay(client, reached, this).start();
  }

  private void refuse(Throwable failure) {
    boolean ours;
    synchronized (this) {
      ours = closed;
    }
    if (!ours) {
      refusal = known(failure);
      clients.refusals().note(failure);
    }
  }

  private static @Nullable HopFailure known(Throwable failure) {
    Throwable inner =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    return inner instanceof HopFailure hop ? hop : null;
  }

  void sent(long count) {
    sent.addAndGet(count);
  }

  void received(long count) {
    received.addAndGet(count);
  }

  /** What it was, once it has ended. */
  ForwardLog.Passed passed() {
    return new ForwardLog.Passed(
        sent.get(),
        received.get(),
        Duration.ofNanos(System.nanoTime() - arrived),
        Optional.ofNullable(refusal));
  }

  private void onClose(Runnable ending) {
    synchronized (this) {
      if (!closed) {
        endings.add(ending);
        return;
      }
    }
    ending.run();
  }

  /** Closes it so that nobody takes what they have for all, if it is through. */
  void reset() {
    Runnable through;
    synchronized (this) {
      through = closed ? null : abortion;
    }
    if (through != null) {
      through.run();
      close();
    }
  }

  /** Closes all that belongs to it. */
  void close() {
    List<Runnable> all;
    synchronized (this) {
      if (closed) {
        return;
      }
      closed = true;
      all = List.copyOf(endings);
      endings.clear();
    }
    all.forEach(Runnable::run);
    clients.gone(this);
  }
}
