package dev.postern.core.forward;

import java.util.function.LongConsumer;

/**
 * Carries bytes between who connected and the target, until both directions have ended. A direction
 * that ends is ended on the other side; one that breaks takes the connection with it.
 */
final class Relay {
  private final Duplex client;
  private final Duplex target;
  private final Flow sending;
  private final Flow receiving;
  private final Runnable over;

  Relay(
      Duplex client,
      Duplex target,
      SocketLoop loop,
      Buffers buffers,
      LongConsumer sent,
      LongConsumer received,
      Runnable over) {
    this.client = client;
    this.target = target;
    this.over = over;
    this.sending = new Flow(client, target, loop, buffers, sent, new BothEnds(client));
    this.receiving = new Flow(target, client, loop, buffers, received, new BothEnds(target));
  }

  private final class BothEnds implements Flow.Ends {
    private final Duplex source;

    BothEnds(Duplex source) {
      this.source = source;
    }

    @Override
    public void ended() {
      closeIfDone();
    }

    /** Whoever is on the other side must not take what it has for all. */
    @Override
    public void broken() {
      (source == client ? target : client).abort();
      over.run();
    }
  }

  void start() {
    client.onOver(() -> gone(receiving, sending));
    target.onOver(() -> gone(sending, receiving));
    sending.start();
    receiving.start();
  }

  /** Nothing reaches it any more; what it said still goes over. */
  private void gone(Flow towards, Flow from) {
    towards.stop();
    from.pump();
    closeIfDone();
  }

  private void closeIfDone() {
    if (sending.isDone() && receiving.isDone()) {
      over.run();
    }
  }
}
