package dev.postern.core.circuit;

import dev.postern.api.hop.Endpoint;
import dev.postern.api.transport.Link;
import dev.postern.circuit.RemoteProcess;
import dev.postern.circuit.TcpStream;
import dev.postern.circuit.TerminalRequest;
import dev.postern.core.forward.Arrivals;
import dev.postern.core.forward.Duplex;
import dev.postern.core.forward.FarListener;
import dev.postern.core.hop.HopFailure;
import dev.postern.route.ForwardAddress;
import dev.postern.route.ForwardAddress.UnixSocket;
import dev.postern.sftp.Sftp;
import java.nio.channels.AsynchronousByteChannel;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** A session that only remembers whether it is open. */
final class FakeSession implements HopSession {
  private final String name;
  private final List<String> journal;
  private final CompletableFuture<Optional<HopFailure>> closed = new CompletableFuture<>();
  final CompletableFuture<RemoteProcess> process = new CompletableFuture<>();
  boolean closing;
  boolean deaf;
  final CompletableFuture<TcpStream> stream = new CompletableFuture<>();
  CompletableFuture<AsynchronousByteChannel> byteChannel = new CompletableFuture<>();

  FakeSession(String name, List<String> journal) {
    this.name = name;
    this.journal = journal;
  }

  void die(HopFailure reason) {
    closed.complete(Optional.of(reason));
  }

  @Override
  public Link.ThroughHop link(Endpoint endpoint) {
    return new FakeLink(name, endpoint);
  }

  @Override
  public CompletableFuture<RemoteProcess> exec(String command) {
    return process;
  }

  @Override
  public CompletableFuture<RemoteProcess> exec(String command, TerminalRequest terminal) {
    return new CompletableFuture<>();
  }

  @Override
  public CompletableFuture<RemoteProcess> shell(TerminalRequest terminal) {
    return new CompletableFuture<>();
  }

  @Override
  public CompletableFuture<Sftp> sftp() {
    return new CompletableFuture<>();
  }

  @Override
  public CompletableFuture<TcpStream> openTcp(Endpoint endpoint) {
    return stream;
  }

  @Override
  public CompletableFuture<TcpStream> openUnix(UnixSocket socket) {
    return stream;
  }

  @Override
  public CompletableFuture<AsynchronousByteChannel> openChannel(Endpoint endpoint) {
    return byteChannel;
  }

  @Override
  public CompletableFuture<Duplex> open(ForwardAddress target) {
    return new CompletableFuture<>();
  }

  @Override
  public CompletableFuture<FarListener> listen(ForwardAddress address, Arrivals arrivals) {
    return new CompletableFuture<>();
  }

  @Override
  public boolean isOpen() {
    return !closing && !closed.isDone();
  }

  @Override
  public CompletableFuture<Optional<HopFailure>> closed() {
    return closed;
  }

  @Override
  public CompletableFuture<Void> close() {
    if (deaf) {
      return new CompletableFuture<>();
    }
    if (closed.complete(Optional.empty())) {
      journal.add("close " + name);
    }
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public void closeNow() {
    if (!closed.isDone()) {
      journal.add("end " + name);
      closed.complete(Optional.empty());
    }
  }

  record FakeLink(String through, Endpoint endpoint) implements Link.ThroughHop {}
}
