package dev.postern.core.sshd;

import dev.postern.circuit.Phase;
import dev.postern.core.auth.ClientMove;
import dev.postern.core.auth.ServerMessage;
import dev.postern.core.circuit.HopConnector.Attempt;
import dev.postern.core.hop.HopFailure;
import dev.postern.core.hostkey.ServerKey;
import dev.postern.core.text.Sanitiser;
import dev.postern.problem.Code;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import org.apache.sshd.common.kex.KexProposalOption;
import org.jspecify.annotations.Nullable;

/** One attempt at one hop, from its first byte to its last word on signing in. */
final class ConnectAttempt {
  private final Attempt attempt;
  private final List<String> hostKeyAlgorithms;
  private final BlockingSteps steps;
  private final ExecutorService blocking;
  private final Processing processing;
  private final Deadlines deadlines = new Deadlines();
  private final CompletableFuture<PosternSession> result = new CompletableFuture<>();

  private @Nullable PosternSession session;
  private @Nullable Future<String> waitingFor;
  private volatile Phase phase = Phase.HOST_KEY;
  private volatile boolean verified;
  private volatile @Nullable String lastWords;
  private volatile @Nullable Throwable trouble;

  ConnectAttempt(
      Attempt attempt,
      List<String> hostKeyAlgorithms,
      ExecutorService blocking,
      Processing processing) {
    this.attempt = attempt;
    this.hostKeyAlgorithms = List.copyOf(hostKeyAlgorithms);
    this.steps = new BlockingSteps(blocking, this::fail);
    this.blocking = blocking;
    this.processing = processing;
    result.whenComplete((done, failure) -> finished(failure));
  }

  CompletableFuture<PosternSession> result() {
    return result;
  }

  List<String> hostKeyAlgorithms() {
    return hostKeyAlgorithms;
  }

  SessionSettings settings() {
    return new SessionSettings(attempt.policy().keepalive());
  }

  /** The session was made and will speak. */
  void begin(PosternSession newSession) {
    synchronized (this) {
      session = newSession;
    }
    newSession.addCloseFutureListener(closed -> fail(closedTooEarly()));
    startKeyExchangeDeadline();
    if (result.isDone()) {
      newSession.close(true);
    }
  }

  private void startKeyExchangeDeadline() {
    deadlines.start(
        attempt.policy().connectTimeout(),
        limit ->
            fail(
                new HopFailure(
                    Code.KEY_EXCHANGE_TIMEOUT,
                    Phase.HOST_KEY,
                    "connected, but no key exchange within %s (connect-timeout); the server is overloaded, or no SSH server listens there"
                        .formatted(limit))));
  }

  void negotiated(@Nullable String serverVersion, Map<KexProposalOption, String> chosen) {
    attempt
        .trail()
        .record(
            Phase.HOST_KEY,
            "%s; %s, %s, %s"
                .formatted(
                    Sanitiser.line(Objects.requireNonNullElse(serverVersion, "no version")),
                    chosen.get(KexProposalOption.ALGORITHMS),
                    chosen.get(KexProposalOption.SERVERKEYS),
                    chosen.get(KexProposalOption.S2CENC)));
  }

  /**
   * Verifies the host key. Keys are exchanged anew on an established session too, and the server
   * must show a good one each time.
   *
   * @throws IOException if it is not to be trusted: nothing more may be sent
   */
  void verify(ServerKey key) throws IOException {
    if (!verified) {
      deadlines.stop();
    }
    Future<String> verification = blocking.submit(() -> attempt.hostKeys().verify(key));
    synchronized (this) {
      waitingFor = verification;
    }
    if (result.isCompletedExceptionally()) {
      verification.cancel(true);
    }
    try {
      String text = processing.await(verification::get);
      if (!verified) {
        attempt.trail().record(Phase.HOST_KEY, text);
        startKeyExchangeDeadline();
      }
      verified = true;
    } catch (ExecutionException e) {
      HopFailure failure = keyFailure(e.getCause());
      caught(failure);
      fail(failure);
      throw new IOException(failure.sentence(), failure);
    } catch (Exception e) {
      throw new IOException("the opening was cancelled", e);
    }
  }

  private static HopFailure keyFailure(@Nullable Throwable cause) {
    return cause instanceof HopFailure failure
        ? failure
        : new HopFailure(Code.PROTOCOL_ERROR, Phase.HOST_KEY, "unexpected " + cause, cause);
  }

  void beginAuthentication() {
    phase = Phase.AUTH;
    deadlines.start(
        attempt.policy().authTimeout(),
        limit ->
            fail(
                new HopFailure(
                    Code.AUTH_TIMEOUT,
                    Phase.AUTH,
                    "signing in took longer than %s (auth-timeout): %s"
                        .formatted(limit, attempt.engine().progress()))));
    heard(new ServerMessage.Ready());
  }

  /** Has the engine answer, off the I/O threads, one message at a time. */
  void heard(ServerMessage message) {
    steps.run(
        () -> {
          ClientMove move = attempt.engine().next(message);
          AuthMoves.send(move, attempt.engine(), authService(), this::signedIn);
        });
  }

  /** Waits until the engine has said what it makes of a success. */
  void awaitVerdict() throws Exception {
    processing.await(() -> result.handle((session, failure) -> true).get());
  }

  private void signedIn() {
    if (session != null) {
      result.complete(session);
    }
  }

  void banner(String text) {
    steps.run(() -> attempt.engine().banner(text));
  }

  void disconnected(String message) {
    lastWords = Sanitiser.line(message);
  }

  void caught(Throwable failure) {
    if (trouble == null) {
      trouble = failure;
    }
  }

  void fail(HopFailure failure) {
    result.completeExceptionally(failure);
  }

  /** Why an established session ended. */
  HopFailure lost() {
    String reason =
        lastWords != null ? "the server said: " + lastWords : SessionTrouble.describe(trouble);
    return new HopFailure(Code.LINK_LOST, Phase.REMOTE, "the link was lost: " + reason, trouble);
  }

  private HopFailure closedTooEarly() {
    return SessionTrouble.explain(phase, lastWords, trouble, attempt.engine().progress());
  }

  private void finished(@Nullable Throwable failure) {
    deadlines.stop();
    if (failure != null) {
      steps.stop();
      PosternSession made;
      synchronized (this) {
        made = session;
        if (waitingFor != null) {
          waitingFor.cancel(true);
        }
      }
      if (made != null) {
        made.close(true);
      }
    }
    steps.close(attempt.engine()::close);
  }

  private PlanAuthService authService() {
    return Objects.requireNonNull(session, "no session").getService(PlanAuthService.class);
  }
}
