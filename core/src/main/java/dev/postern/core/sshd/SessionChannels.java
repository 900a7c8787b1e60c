package dev.postern.core.sshd;

import dev.postern.api.hop.Endpoint;
import dev.postern.api.hop.HopInfo;
import dev.postern.circuit.Forward;
import dev.postern.circuit.Phase;
import dev.postern.circuit.RemoteProcess;
import dev.postern.circuit.TcpStream;
import dev.postern.circuit.TerminalRequest;
import dev.postern.core.hop.HopFailure;
import dev.postern.core.text.Sanitiser;
import dev.postern.problem.Code;
import dev.postern.route.ForwardSpec;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.sshd.client.channel.AbstractClientChannel;
import org.apache.sshd.client.channel.ChannelDirectTcpip;
import org.apache.sshd.client.channel.ChannelExec;
import org.apache.sshd.client.channel.ChannelShell;
import org.apache.sshd.common.channel.PtyChannelConfiguration;
import org.apache.sshd.common.session.ConnectionService;
import org.apache.sshd.common.util.net.SshdSocketAddress;
import org.apache.sshd.core.CoreModuleProperties;
import org.jspecify.annotations.Nullable;

/** Opens channels on one session (RFC 4254). */
final class SessionChannels {
  private static final long WINDOW = 4L << 20;

  private final PosternSession session;
  private final HopInfo hop;
  private final Supplier<HopFailure> lost;
  private final Executor blocking;

  SessionChannels(
      PosternSession session, HopInfo hop, Supplier<HopFailure> lost, Executor blocking) {
    this.session = session;
    this.hop = hop;
    this.lost = lost;
    this.blocking = blocking;
  }

  CompletableFuture<RemoteProcess> exec(String command) {
    return process(
        new ChannelExec(command, StandardCharsets.UTF_8, null, Map.of()),
        Code.COMMAND_REFUSED,
        "the command");
  }

  CompletableFuture<RemoteProcess> shell(TerminalRequest terminal) {
    PtyChannelConfiguration pty = new PtyChannelConfiguration();
    pty.setPtyType(terminal.type());
    pty.setPtyColumns(terminal.columns());
    pty.setPtyLines(terminal.rows());
    ChannelShell channel = new ChannelShell(pty, Map.of());
    channel.setUsePty(true);
    return process(channel, Code.SHELL_REFUSED, "the shell");
  }

  private CompletableFuture<RemoteProcess> process(
      org.apache.sshd.client.channel.PtyCapableChannelSession channel, Code refusal, String what) {
    return open(channel, failure -> refused(failure, refusal, what))
        .thenApply(opened -> new SshdProcess(channel, hop, lost, session::isOpen));
  }

  CompletableFuture<TcpStream> openTcp(Endpoint endpoint) {
    ChannelDirectTcpip channel =
        new ChannelDirectTcpip(
            new SshdSocketAddress("127.0.0.1", 0),
            new SshdSocketAddress(endpoint.host(), endpoint.port()));
    return open(channel, failure -> inChannelPhase(ChannelRefusal.explain(hop, endpoint, failure)))
        .thenApply(opened -> new SshdTcpStream(channel));
  }

  CompletableFuture<Forward> forward(ForwardSpec spec) {
    CompletableFuture<Forward> result = new CompletableFuture<>();
    blocking.execute(
        () -> {
          try {
            LocalForward forward = LocalForward.open(session, spec);
            if (!result.complete(forward)) {
              forward.close();
            }
          } catch (HopFailure e) {
            result.completeExceptionally(e);
          }
        });
    return result;
  }

  private <C extends AbstractClientChannel> CompletableFuture<C> open(
      C channel, Function<@Nullable Throwable, HopFailure> refusal) {
    CompletableFuture<C> result = new CompletableFuture<>();
    try {
      CoreModuleProperties.WINDOW_SIZE.set(channel, WINDOW);
      session.getService(ConnectionService.class).registerChannel(channel);
      channel
          .open()
          .addListener(
              opened -> {
                if (!opened.isOpened()) {
                  result.completeExceptionally(refusal.apply(opened.getException()));
                } else if (!result.complete(channel)) {
                  channel.close(true);
                }
              });
    } catch (IOException | RuntimeException e) {
      result.completeExceptionally(session.isOpen() ? refusal.apply(e) : lost.get());
    }
    return result;
  }

  private HopFailure refused(@Nullable Throwable failure, Code code, String what) {
    String said =
        failure == null ? "nothing" : Sanitiser.line(String.valueOf(failure.getMessage()));
    return new HopFailure(
        code,
        Phase.CHANNEL,
        "the server refused %s (it said: \"%s\")".formatted(what, said),
        failure);
  }

  private static HopFailure inChannelPhase(HopFailure failure) {
    return new HopFailure(failure.code(), Phase.CHANNEL, failure.sentence(), failure.getCause());
  }
}
