package dev.postern.core.sshd;

import static java.util.concurrent.TimeUnit.SECONDS;

import dev.postern.api.hop.Endpoint;
import dev.postern.api.hop.HopInfo;
import dev.postern.api.transport.Link;
import dev.postern.circuit.RemoteProcess;
import dev.postern.circuit.TcpStream;
import dev.postern.circuit.TerminalRequest;
import dev.postern.core.circuit.HopSession;
import dev.postern.core.forward.Arrivals;
import dev.postern.core.forward.Duplex;
import dev.postern.core.forward.FarListener;
import dev.postern.core.hop.HopFailure;
import dev.postern.route.ForwardAddress;
import dev.postern.route.ForwardAddress.UnixSocket;
import dev.postern.sftp.Sftp;
import java.nio.channels.AsynchronousByteChannel;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/** An authenticated session as circuits see it. */
final class SshdHopSession implements HopSession {
  private static final int GRACE_SECONDS = 2;

  private final PosternSession session;
  private final HopInfo hop;
  private final ConnectAttempt attempt;
  private final SessionChannels channels;
  private final Completions completions;
  private final CompletableFuture<Optional<HopFailure>> closed = new CompletableFuture<>();

  SshdHopSession(PosternSession session, ConnectAttempt attempt, HopInfo hop, Executor blocking) {
    this.session = session;
    this.hop = hop;
    this.attempt = attempt;
    this.completions = new Completions(blocking);
    this.channels = new SessionChannels(session, attempt.trail(), attempt::lost, blocking);
    session.addCloseFutureListener(
        done ->
            completions.run(
                () ->
                    closed.complete(
                        attempt.isClosedByUs() ? Optional.empty() : Optional.of(attempt.lost()))));
  }

  @Override
  public Link.ThroughHop link(Endpoint endpoint) {
    return new HopLink(session, hop, endpoint);
  }

  @Override
  public CompletableFuture<RemoteProcess> exec(String command) {
    return channels.exec(command);
  }

  @Override
  public CompletableFuture<RemoteProcess> exec(String command, TerminalRequest terminal) {
    return channels.exec(command, terminal);
  }

  @Override
  public CompletableFuture<RemoteProcess> shell(TerminalRequest terminal) {
    return channels.shell(terminal);
  }

  @Override
  public CompletableFuture<Sftp> sftp() {
    return channels.sftp();
  }

  @Override
  public CompletableFuture<TcpStream> openTcp(Endpoint endpoint) {
    return channels.openTcp(endpoint);
  }

  @Override
  public CompletableFuture<TcpStream> openUnix(UnixSocket socket) {
    return channels.openUnix(socket);
  }

  @Override
  public CompletableFuture<AsynchronousByteChannel> openChannel(Endpoint endpoint) {
    return HopByteChannel.of(channels.openChannel(endpoint), session, completions);
  }

  @Override
  public CompletableFuture<Duplex> open(ForwardAddress target) {
    return channels.open(target);
  }

  @Override
  public CompletableFuture<FarListener> listen(ForwardAddress address, Arrivals arrivals) {
    return channels.listen(address, arrivals);
  }

  @Override
  public boolean isOpen() {
    return session.isOpen();
  }

  @Override
  public CompletableFuture<Optional<HopFailure>> closed() {
    return closed;
  }

  @Override
  public CompletableFuture<Void> close() {
    attempt.closing();
    session.close(false);
    closed.copy().orTimeout(GRACE_SECONDS, SECONDS).exceptionally(late -> forced());
    return closed.thenApply(reason -> null);
  }

  @Override
  public void closeNow() {
    attempt.closing();
    session.close(true);
  }

  private Optional<HopFailure> forced() {
    closeNow();
    return Optional.empty();
  }
}
