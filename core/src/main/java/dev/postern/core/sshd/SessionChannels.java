package dev.postern.core.sshd;

import dev.postern.api.hop.Endpoint;
import dev.postern.api.hop.HopInfo;
import dev.postern.circuit.Phase;
import dev.postern.circuit.RemoteProcess;
import dev.postern.circuit.TcpStream;
import dev.postern.circuit.TerminalRequest;
import dev.postern.core.forward.Arrivals;
import dev.postern.core.forward.Duplex;
import dev.postern.core.forward.FarListener;
import dev.postern.core.hop.HopFailure;
import dev.postern.core.hop.TrailRecorder;
import dev.postern.core.sshd.ProcessChannel.Program;
import dev.postern.problem.Code;
import dev.postern.route.ForwardAddress;
import dev.postern.route.ForwardAddress.Tcp;
import dev.postern.route.ForwardAddress.UnixSocket;
import dev.postern.sftp.Sftp;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.session.ConnectionService;
import org.apache.sshd.core.CoreModuleProperties;
import org.jspecify.annotations.Nullable;

/** Opens channels on one session (RFC 4254). */
final class SessionChannels {
  private static final long WINDOW = 4L << 20;

  private final ClientSession session;
  private final HopInfo hop;
  private final Supplier<HopFailure> lost;
  private final Completions completions;
  private final RemoteListeners listeners;

  SessionChannels(
      ClientSession session, TrailRecorder trail, Supplier<HopFailure> lost, Executor blocking) {
    this.session = session;
    this.hop = trail.hop();
    this.lost = lost;
    this.completions = new Completions(blocking);
    this.listeners =
        new RemoteListeners(session, text -> trail.record(Phase.CHANNEL, text), lost, completions);
  }

  CompletableFuture<RemoteProcess> exec(String command) {
    return process(Program.exec(command), Code.COMMAND_REFUSED, "the command");
  }

  CompletableFuture<RemoteProcess> exec(String command, TerminalRequest terminal) {
    return process(Program.exec(command, terminal), Code.COMMAND_REFUSED, "the command");
  }

  CompletableFuture<RemoteProcess> shell(TerminalRequest terminal) {
    return process(Program.shell(terminal), Code.SHELL_REFUSED, "the shell");
  }

  /** SFTP, when both sides have said hello. */
  CompletableFuture<Sftp> sftp() {
    ProcessChannel early = takeEarly();
    ProcessChannel channel = early == null ? new ProcessChannel() : early;
    channel.run(Program.subsystem("sftp"));
    CompletableFuture<SftpChannel> granted =
        await(
            channel,
            () -> new SftpChannel(channel, this::whyLost, lost),
            failure -> ChannelRefusal.ofProcess(Code.SFTP_REFUSED, "SFTP", failure));
    if (early == null) {
      begin(session, channel);
    }
    return SftpOpening.begin(granted, channel, completions);
  }

  private CompletableFuture<RemoteProcess> process(Program program, Code code, String what) {
    ProcessChannel early = takeEarly();
    ProcessChannel channel = early == null ? new ProcessChannel() : early;
    channel.run(program);
    CompletableFuture<RemoteProcess> result =
        await(
            channel,
            () -> new SshdProcess(channel, hop, lost, completions),
            failure -> ChannelRefusal.ofProcess(code, what, failure));
    if (early == null) {
      begin(session, channel);
    }
    return result;
  }

  private @Nullable ProcessChannel takeEarly() {
    return session instanceof PosternSession ours
        ? ours.attempt().earlyChannel().takeProcess()
        : null;
  }

  CompletableFuture<TcpStream> openTcp(Endpoint endpoint) {
    return direct(DirectChannel.to(endpoint), endpoint, SshdTcpStream::new, completions::run);
  }

  /** The channel itself. */
  CompletableFuture<DirectChannel> openChannel(Endpoint endpoint) {
    return direct(DirectChannel.to(endpoint), endpoint, channel -> channel, completions::run);
  }

  CompletableFuture<TcpStream> openUnix(UnixSocket socket) {
    return direct(DirectChannel.to(socket), socket, SshdTcpStream::new, completions::run);
  }

  /**
   * A channel to where a forward's connection goes. Forwards do not block, so they are told here.
   */
  CompletableFuture<Duplex> open(ForwardAddress target) {
    if (target instanceof UnixSocket socket) {
      return ChannelDuplex.of(
          direct(DirectChannel.to(socket), socket, channel -> channel, Runnable::run));
    }
    Tcp tcp = (Tcp) target;
    Endpoint endpoint = new Endpoint(tcp.host(), tcp.port());
    return ChannelDuplex.of(
        direct(DirectChannel.to(endpoint), endpoint, channel -> channel, Runnable::run));
  }

  private <T> CompletableFuture<T> direct(
      DirectChannel channel, Object target, Function<DirectChannel, T> opened, Executor telling) {
    CompletableFuture<T> result =
        await(
            channel,
            () -> opened.apply(channel),
            failure -> inChannelPhase(ChannelRefusal.explain(hop, target, failure)),
            telling);
    begin(session, channel);
    return result;
  }

  /** Asks the server to listen for us. */
  CompletableFuture<FarListener> listen(ForwardAddress address, Arrivals arrivals) {
    return listeners.listen(address, arrivals);
  }

  private <T> CompletableFuture<T> await(
      StreamingChannel channel, Supplier<T> opened, Function<Throwable, HopFailure> refusal) {
    return await(channel, opened, refusal, completions::run);
  }

  private <T> CompletableFuture<T> await(
      StreamingChannel channel,
      Supplier<T> opened,
      Function<Throwable, HopFailure> refusal,
      Executor telling) {
    CompletableFuture<T> result = new CompletableFuture<>();
    channel
        .granted()
        .whenComplete(
            (nothing, failure) ->
                telling.execute(() -> finish(result, channel, opened, refusal, failure)));
    result.whenComplete(
        (value, failure) -> {
          if (result.isCancelled()) {
            channel.shut();
          }
        });
    channel.tellWhenLost(this::whyLost);
    return result;
  }

  /** Asks the server for a channel; {@link StreamingChannel#granted} says what becomes of it. */
  static void begin(ClientSession session, StreamingChannel channel) {
    try {
      CoreModuleProperties.WINDOW_SIZE.set(channel, SessionSettings.window(session, WINDOW));
      session.getService(ConnectionService.class).registerChannel(channel);
      channel
          .open()
          .addListener(
              future -> {
                if (!future.isOpened()) {
                  fail(channel, future.getException());
                }
              });
    } catch (IOException | RuntimeException e) {
      fail(channel, e);
    }
  }

  private static void fail(StreamingChannel channel, @Nullable Throwable failure) {
    channel
        .granted()
        .completeExceptionally(
            failure == null ? new IOException("the channel is closed") : failure);
  }

  private <T> void finish(
      CompletableFuture<T> result,
      StreamingChannel channel,
      Supplier<T> opened,
      Function<Throwable, HopFailure> refusal,
      @Nullable Throwable failure) {
    if (failure != null) {
      boolean alive = session.isOpen() || channel.isClosedByPeer();
      result.completeExceptionally(alive ? refusal.apply(failure) : lostOpening());
      channel.shut();
      return;
    }
    if (!result.complete(opened.get())) {
      channel.shut();
    }
  }

  /** In the words of the exception that the end of a process carries. */
  private String whyLost() {
    HopFailure failure = lost.get();
    return "%s %s: %s [%s]".formatted(hop, failure.phase(), failure.sentence(), failure.code());
  }

  private HopFailure lostOpening() {
    return inChannelPhase(lost.get());
  }

  private static HopFailure inChannelPhase(HopFailure failure) {
    return new HopFailure(failure.code(), Phase.CHANNEL, failure.sentence(), failure.getCause());
  }
}
