package dev.postern.core.sshd;

import dev.postern.circuit.Phase;
import dev.postern.core.hop.HopFailure;
import dev.postern.core.sshd.sftp.SftpSession;
import dev.postern.sftp.Sftp;
import dev.postern.sftp.SftpException;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** From a channel with the subsystem to a session that has said hello. */
final class SftpOpening {
  private SftpOpening() {}

  /** Cancelling the result closes the channel. */
  static CompletableFuture<Sftp> begin(
      CompletableFuture<SftpChannel> granted, ProcessChannel channel, Completions completions) {
    CompletableFuture<Sftp> result = new CompletableFuture<>();
    granted.whenComplete(
        (pipe, failure) -> {
          if (failure != null) {
            result.completeExceptionally(failure);
            return;
          }
          completions.run(() -> SftpSession.start(pipe).whenComplete((s, f) -> hand(result, s, f)));
        });
    result.whenComplete(
        (session, failure) -> {
          if (result.isCancelled()) {
            granted.cancel(true);
            channel.shut();
          }
        });
    return result;
  }

  private static void hand(
      CompletableFuture<Sftp> result, @Nullable Sftp session, @Nullable Throwable failure) {
    if (session == null) {
      result.completeExceptionally(inChannelPhase(failure));
    } else if (!result.complete(session)) {
      session.close();
    }
  }

  private static Throwable inChannelPhase(@Nullable Throwable failure) {
    if (failure instanceof SftpException sftp) {
      return new HopFailure(sftp.code(), Phase.CHANNEL, sftp.sentence(), failure);
    }
    return failure == null ? new IllegalStateException("SFTP did not begin") : failure;
  }
}
