package dev.postern.core.sshd;

import static java.util.Objects.requireNonNull;

import dev.postern.api.hop.HopInfo;
import dev.postern.circuit.CircuitException;
import dev.postern.circuit.ExecResult;
import dev.postern.circuit.Phase;
import dev.postern.circuit.RemoteProcess;
import dev.postern.circuit.Trail;
import dev.postern.core.hop.HopFailure;
import dev.postern.core.text.Sanitiser;
import dev.postern.problem.Code;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.apache.sshd.client.channel.PtyCapableChannelSession;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.util.buffer.Buffer;

/** A command or shell on a session channel (RFC 4254 section 6). */
final class SshdProcess implements RemoteProcess {
  private static final int SIGNAL_LIMIT = 64;

  private final PtyCapableChannelSession channel;
  private final HopInfo hop;
  private final Supplier<HopFailure> lost;
  private final BooleanSupplier sessionOpen;
  private final CompletableFuture<ExecResult> ended = new CompletableFuture<>();
  private volatile boolean closedByUs;

  SshdProcess(
      PtyCapableChannelSession channel,
      HopInfo hop,
      Supplier<HopFailure> lost,
      BooleanSupplier sessionOpen) {
    this.channel = channel;
    this.hop = hop;
    this.lost = lost;
    this.sessionOpen = sessionOpen;
    channel.addCloseFutureListener(closed -> end());
  }

  private void end() {
    Integer status = channel.getExitStatus();
    String signal = channel.getExitSignal();
    if (status == null && signal == null && !closedByUs) {
      HopFailure failure =
          sessionOpen.getAsBoolean()
              ? new HopFailure(
                  Code.COMMAND_REFUSED,
                  Phase.REMOTE,
                  "the server refused the command, or closed it without saying how it ended")
              : lost.get();
      ended.completeExceptionally(
          new CircuitException(
              failure.code(),
              failure.phase(),
              hop,
              failure.sentence(),
              new Trail(List.of()),
              failure));
      return;
    }
    ended.complete(
        new ExecResult(
            status == null ? OptionalInt.empty() : OptionalInt.of(status),
            Optional.ofNullable(signal).map(SshdProcess::clean)));
  }

  private static String clean(String signal) {
    String line = Sanitiser.line(signal);
    return line.length() > SIGNAL_LIMIT ? line.substring(0, SIGNAL_LIMIT) : line;
  }

  @Override
  public OutputStream input() {
    return channel.getInvertedIn();
  }

  @Override
  public InputStream output() {
    return channel.getInvertedOut();
  }

  @Override
  public InputStream error() {
    return channel.getInvertedErr();
  }

  @Override
  public CompletableFuture<ExecResult> ended() {
    return ended.copy();
  }

  @Override
  public ExecResult waitFor() throws CircuitException, InterruptedException {
    try {
      return ended.get();
    } catch (ExecutionException e) {
      throw (CircuitException) requireNonNull(e.getCause());
    }
  }

  @Override
  public void resize(int columns, int rows) {
    try {
      channel.sendWindowChange(columns, rows);
    } catch (IOException e) {
      // The end of the process will say why.
    }
  }

  @Override
  public void signal(String name) {
    try {
      Buffer buffer = channel.getSession().createBuffer(SshConstants.SSH_MSG_CHANNEL_REQUEST);
      buffer.putUInt(channel.getRecipient());
      buffer.putString("signal");
      buffer.putBoolean(false);
      buffer.putString(name);
      channel.writePacket(buffer);
    } catch (IOException e) {
      // The end of the process will say why.
    }
  }

  @Override
  public void close() {
    closedByUs = true;
    channel.close(false);
  }
}
