package dev.postern.core.forward;

import dev.postern.circuit.ForwardCounts;
import dev.postern.route.ForwardAddress;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

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
  private final Refusals refusals;
  private final Set<Connection> connections = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  Clients(
      SocketLoop loop,
      Buffers buffers,
      Optional<ForwardAddress> target,
      Exit exit,
      Consumer<String> record) {
    this.loop = loop;
    this.buffers = buffers;
    this.target = target;
    this.exit = exit;
    this.refusals = new Refusals(tally, record);
  }

  /** Says for messages where it is that they connect to. Before the first does. */
  void listeningOn(ForwardAddress address) {
    refusals.listeningOn(address.toString());
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

  Refusals refusals() {
    return refusals;
  }

  Relay relay(Duplex client, Duplex reached, Runnable over) {
    return new Relay(client, reached, loop, buffers, tally, over);
  }

  void gone(Connection connection) {
    if (connections.remove(connection)) {
      tally.open().decrementAndGet();
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
  }
}
