package dev.postern.core.forward;

import dev.postern.circuit.ForwardCounts;
import dev.postern.route.ForwardAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The connections of one forward, whichever side listens. A forward without a target asks each of
 * its clients by SOCKS. Safe for use by several threads.
 */
final class Clients implements Arrivals, AutoCloseable {
  private final SocketLoop loop;
  private final Buffers buffers;
  private final Optional<ForwardAddress> target;
  private final Exit exit;
  private final Tally tally = new Tally();
  private final ForwardLog log;
  private final Duration patience;
  private final Refusals refusals;
  private final Set<Connection> connections = ConcurrentHashMap.newKeySet();
  private final AtomicBoolean told = new AtomicBoolean();
  private volatile @Nullable ForwardAddress listening;
  private volatile boolean closed;

  Clients(
      SocketLoop loop,
      Buffers buffers,
      Optional<ForwardAddress> target,
      Exit exit,
      ForwardLog log,
      Duration patience) {
    this.loop = loop;
    this.buffers = buffers;
    this.target = target;
    this.exit = exit;
    this.log = log;
    this.patience = patience;
    this.refusals = new Refusals(tally, log::refused);
  }

  /** Says for messages where it is that they connect to. Before the first does. */
  void listeningOn(ForwardAddress address) {
    refusals.listeningOn(address.toString());
    listening = address;
  }

  /** Whoever asked for the forward has it. */
  void opened(ForwardAddress address) {
    listeningOn(address);
    log.opened(address);
  }

  /** Takes one that arrived at this machine. */
  void serve(Duplex client) {
    begin().serve(client, target);
  }

  @Override
  public CompletableFuture<Consumer<Duplex>> arrived() {
    return begin().arrived(target);
  }

  private Connection begin() {
    Connection connection = new Connection(this);
    connections.add(connection);
    tally.accepted().increment();
    tally.open().incrementAndGet();
    if (closed) {
      connection.close();
    }
    return connection;
  }

  Exit exit() {
    return exit;
  }

  /** How long a client may take to say by SOCKS where it wants to go. */
  Duration patience() {
    return patience;
  }

  Refusals refusals() {
    return refusals;
  }

  Relay relay(Duplex client, Duplex reached, Connection connection) {
    return new Relay(
        client,
        reached,
        loop,
        buffers,
        count -> {
          tally.sent().add(count);
          connection.sent(count);
        },
        count -> {
          tally.received().add(count);
          connection.received(count);
        },
        connection::close);
  }

  void gone(Connection connection) {
    if (!connections.remove(connection)) {
      return;
    }
    tally.open().decrementAndGet();
    ForwardAddress address = listening;
    if (address != null) {
      log.ended(address, connection.passed());
    }
  }

  ForwardCounts counts() {
    return tally.counts();
  }

  /** Resets those that are through: their other side is lost. */
  void reset() {
    connections.forEach(Connection::reset);
  }

  /** Closes all of them; those who still arrive are closed too. */
  @Override
  public void close() {
    closed = true;
    List.copyOf(connections).forEach(Connection::close);
    ForwardAddress address = listening;
    if (address != null && told.compareAndSet(false, true)) {
      log.closed(address);
    }
  }
}
