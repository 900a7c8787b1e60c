package dev.postern.core.sshd;

import dev.postern.circuit.Phase;
import dev.postern.core.auth.ClientMove;
import dev.postern.core.auth.ServerMessage;
import dev.postern.core.circuit.HopConnector.Attempt;
import dev.postern.core.hop.HopFailure;
import dev.postern.core.hostkey.ServerKey;
import dev.postern.core.text.Sanitiser;
import dev.postern.problem.Code;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import org.apache.sshd.common.kex.KexProposalOption;
import org.jspecify.annotations.Nullable;

/** One attempt at one hop, from its first byte to its last word on signing in. */
final class ConnectAttempt {
  private final Attempt attempt;
  private final List<String> hostKeyAlgorithms;
  private final BlockingSteps steps;
  private final BlockingSteps keySteps;
  private final Deadlines deadlines = new Deadlines();
  private final CompletableFuture<PosternSession> result = new CompletableFuture<>();

  private @Nullable PosternSession session;
  private volatile Phase phase = Phase.HOST_KEY;
  private volatile boolean verified;
  private volatile @Nullable String lastWords;
  private volatile @Nullable Throwable trouble;

  ConnectAttempt(Attempt attempt, List<String> hostKeyAlgorithms, ExecutorService blocking) {
    this.attempt = attempt;
    this.hostKeyAlgorithms = List.copyOf(hostKeyAlgorithms);
    this.steps = new BlockingSteps(blocking, this::fail);
    this.keySteps = new BlockingSteps(blocking, this::keyRefused);
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
    deadlines.start(
        attempt.policy().connectTimeout(),
        limit ->
            fail(
                new HopFailure(
                    Code.KEY_EXCHANGE_TIMEOUT,
                    Phase.HOST_KEY,
                    "connected, but no key exchange within %s (connect-timeout); the server is overloaded, or no SSH server listens there"
                        .formatted(limit))));
    if (result.isDone()) {
      newSession.close(true);
    }
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

  /** Verifies the host key while the session's inbound queue rests, then goes on. */
  void verify(ServerKey key, Continuation continuation) {
    SerialQueue queue = inbound();
    queue.pause();
    if (!verified) {
      deadlines.stop();
    }
    keySteps.run(
        () -> {
          String text = attempt.hostKeys().verify(key);
          if (!verified) {
            attempt.trail().record(Phase.HOST_KEY, text);
          }
          verified = true;
          queue.resume(() -> proceed(continuation));
        });
  }

  private void proceed(Continuation continuation) {
    try {
      continuation.run();
    } catch (Exception e) {
      caught(e);
      fail(closedTooEarly());
    }
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

  /**
   * Keys are exchanged anew on an established session too, and the server must show a good one each
   * time.
   */
  private void keyRefused(HopFailure failure) {
    caught(failure);
    fail(failure);
    PosternSession made;
    synchronized (this) {
      made = session;
    }
    if (made != null) {
      made.close(true);
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
      keySteps.stop();
      PosternSession made;
      synchronized (this) {
        made = session;
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

  private SerialQueue inbound() {
    return ((LinkIoSession) Objects.requireNonNull(session, "no session").getIoSession()).inbound();
  }

  /** The rest of a step of MINA's. */
  @FunctionalInterface
  interface Continuation {
    void run() throws Exception;
  }
}
