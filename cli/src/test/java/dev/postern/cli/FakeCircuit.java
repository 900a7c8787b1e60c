package dev.postern.cli;

import static java.util.Objects.requireNonNull;

import dev.postern.api.hop.Endpoint;
import dev.postern.api.hop.HopInfo;
import dev.postern.circuit.Circuit;
import dev.postern.circuit.CircuitException;
import dev.postern.circuit.Forward;
import dev.postern.circuit.ForwardCounts;
import dev.postern.circuit.ForwardState;
import dev.postern.circuit.Phase;
import dev.postern.circuit.RemoteProcess;
import dev.postern.circuit.TcpStream;
import dev.postern.circuit.TerminalRequest;
import dev.postern.circuit.Trail;
import dev.postern.circuit.TrailEntry;
import dev.postern.route.ForwardAddress;
import dev.postern.route.ForwardAddress.Tcp;
import dev.postern.route.ForwardSpec;
import dev.postern.sftp.Sftp;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import javax.net.SocketFactory;

/** A circuit of one hop that runs one process. */
final class FakeCircuit implements Circuit {
  static final HopInfo HOP = new HopInfo(1, 1, "app", new Endpoint("db.internal", 22));
  static final Trail TRAIL =
      new Trail(
          List.of(new TrailEntry(HOP, Phase.AUTH, Duration.ofMillis(12), "publickey accepted")));

  final FakeProcess process = new FakeProcess();
  final List<String> commands = new ArrayList<>();
  final List<TerminalRequest> terminals = new ArrayList<>();
  final List<Forward> forwards = new ArrayList<>();
  final CompletableFuture<Optional<CircuitException>> closed = new CompletableFuture<>();
  final List<Endpoint> endpoints = new ArrayList<>();
  final List<String> unixPaths = new ArrayList<>();
  Optional<CircuitException> lost = Optional.empty();
  TcpStream stream;
  boolean closedByUs;

  void listens(String local, String remote, int port) {
    ForwardSpec spec = ForwardSpec.of(local, remote);
    forwards.add(new FakeForward(spec, new Tcp(((Tcp) spec.listen()).host(), port)));
  }

  @Override
  public String route() {
    return "db";
  }

  @Override
  public RemoteProcess exec(String command) {
    commands.add(command);
    return process;
  }

  @Override
  public CompletableFuture<RemoteProcess> execAsync(String command) {
    throw new UnsupportedOperationException();
  }

  @Override
  public RemoteProcess exec(String command, TerminalRequest terminal) {
    commands.add(command);
    terminals.add(terminal);
    return process;
  }

  @Override
  public CompletableFuture<RemoteProcess> execAsync(String command, TerminalRequest terminal) {
    throw new UnsupportedOperationException();
  }

  @Override
  public RemoteProcess shell(TerminalRequest terminal) {
    terminals.add(terminal);
    return process;
  }

  @Override
  public CompletableFuture<RemoteProcess> shellAsync(TerminalRequest terminal) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Sftp sftp() {
    throw new UnsupportedOperationException();
  }

  @Override
  public CompletableFuture<Sftp> sftpAsync() {
    throw new UnsupportedOperationException();
  }

  @Override
  public TcpStream openTcp(Endpoint endpoint) {
    endpoints.add(endpoint);
    return requireNonNull(stream, "no stream");
  }

  @Override
  public CompletableFuture<TcpStream> openTcpAsync(Endpoint endpoint) {
    throw new UnsupportedOperationException();
  }

  @Override
  public TcpStream openUnix(String path) {
    unixPaths.add(path);
    return requireNonNull(stream, "no stream");
  }

  @Override
  public SocketFactory socketFactory() {
    throw new UnsupportedOperationException();
  }

  @Override
  public CompletableFuture<TcpStream> openUnixAsync(String path) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Forward forward(ForwardSpec spec) {
    Forward forward = new FakeForward(spec, spec.listen());
    forwards.add(forward);
    return forward;
  }

  @Override
  public CompletableFuture<Forward> forwardAsync(ForwardSpec spec) {
    throw new UnsupportedOperationException();
  }

  @Override
  public List<Forward> forwards() {
    return List.copyOf(forwards);
  }

  @Override
  public Trail trail() {
    return TRAIL;
  }

  @Override
  public boolean isOpen() {
    return !closedByUs;
  }

  @Override
  public CompletableFuture<Optional<CircuitException>> closed() {
    return closed;
  }

  @Override
  public void close() {
    closedByUs = true;
  }

  @Override
  public CompletableFuture<Void> closeAsync() {
    close();
    return CompletableFuture.completedFuture(null);
  }

  private record FakeForward(ForwardSpec spec, ForwardAddress address) implements Forward {
    @Override
    public ForwardState state() {
      return ForwardState.UP;
    }

    @Override
    public ForwardCounts counts() {
      return new ForwardCounts(0, 0, 0, 0, 0, Optional.empty());
    }

    @Override
    public void close() {}
  }
}
