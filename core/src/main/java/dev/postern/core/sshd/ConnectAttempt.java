package dev.postern.core.sshd;

import dev.postern.api.hop.HopInfo;
import dev.postern.api.transport.Link;
import dev.postern.circuit.Phase;
import dev.postern.core.auth.ClientMove;
import dev.postern.core.auth.ServerMessage;
import dev.postern.core.circuit.HopConnector.Attempt;
import dev.postern.core.hop.HopFailure;
import dev.postern.core.hop.TrailRecorder;
import dev.postern.core.hostkey.ServerKey;
import dev.postern.core.text.Sanitiser;
import dev.postern.problem.Code;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.function.BiConsumer;
import org.apache.sshd.common.kex.KexProposalOption;
import org.jspecify.annotations.Nullable;

/** One attempt at one hop, from its first byte to its last word on signing in. */
final class ConnectAttempt {
  private final Attempt attempt;
  private final List<String> hostKeyAlgorithms;
  private final KnownServer server;
  private final Optional<EarlyKeys> earlyKeys;
  private final EarlyChannel earlyChannel;
  private final BlockingSteps steps;
  private final ExecutorService blocking;
  private final Processing processing;
  private final ServerIdentity identity;
  private final Deadlines deadlines = new Deadlines();
  private final BiConsumer<Attempt, ConnectAttempt> connect;
  private final CompletableFuture<PosternSession> result = new CompletableFuture<>();

  private @Nullable PosternSession session;
  private volatile boolean again;
  private volatile Phase phase = Phase.HOST_KEY;
  private volatile boolean wanted;
  private volatile Symptoms symptoms = new Symptoms();

  ConnectAttempt(
      Attempt attempt,
      HostKeyOrder hostKeys,
      ExecutorService blocking,
      Processing processing,
      BiConsumer<Attempt, ConnectAttempt> connect) {
    this.attempt = attempt;
    this.hostKeyAlgorithms = hostKeys.algorithms();
    this.server = new KnownServer(attempt.memory(), hostKeys.server());
    this.earlyKeys =
        EarlyExchange.guess(server.lastTime(), canConnectAgain(), attempt.policy().proposal().kex())
            .flatMap(name -> EarlyKeys.of(name, processing));
    this.connect = connect;
    this.earlyChannel = new EarlyChannel(attempt.ahead());
    this.steps = new BlockingSteps(blocking, this::fail);
    this.blocking = blocking;
    this.processing = processing;
    this.identity = new ServerIdentity(attempt, blocking, processing);
    result.whenComplete((done, failure) -> finished(failure));
  }

  CompletableFuture<PosternSession> result() {
    return result;
  }

  TrailRecorder trail() {
    return attempt.trail();
  }

  List<String> hostKeyAlgorithms() {
    return hostKeyAlgorithms;
  }

  /** For a session of this attempt: only the first guesses. */
  EarlyExchange earlyExchange() {
    return again
        ? new EarlyExchange(Optional.empty(), false, Optional.empty())
        : new EarlyExchange(server.lastTime(), canConnectAgain(), earlyKeys);
  }

  KnownServer server() {
    return server;
  }

  EarlyChannel earlyChannel() {
    return earlyChannel;
  }

  boolean isThroughAHop() {
    return attempt.link() instanceof HopLink;
  }

  HopInfo hop() {
    return attempt.info();
  }

  private boolean canConnectAgain() {
    return !(attempt.link() instanceof Link.Stream);
  }

  SessionSettings settings() {
    return new SessionSettings(attempt.policy().keepalive(), attempt.policy().proposal());
  }

  /** The session was made and will speak. */
  void begin(PosternSession newSession) {
    synchronized (this) {
      session = newSession;
    }
    newSession.addCloseFutureListener(closed -> closed(newSession.early().verdict()));
    startKeyExchangeDeadline();
    if (result.isDone()) {
      newSession.close(true);
    }
  }

  /**
   * A server that could not do with a guess is connected to once more, without one: no key was
   * shown and no secret sent.
   */
  private void closed(EarlyExchange.Verdict guess) {
    if (!isWorthAnotherTry(guess)) {
      fail(symptoms.endedEarly(phase, attempt.engine().progress()));
      return;
    }
    again = true;
    symptoms = new Symptoms();
    if (guess == EarlyExchange.Verdict.STALE) {
      server.guessWasStale();
    } else {
      server.guessFailed();
    }
    attempt.trail().record(Phase.CONNECT, "connecting anew, without a guess at the key exchange");
    connect.accept(attempt, this);
  }

  private boolean isWorthAnotherTry(EarlyExchange.Verdict guess) {
    boolean taken = guess == EarlyExchange.Verdict.OPEN || guess == EarlyExchange.Verdict.RIGHT;
    return guess != EarlyExchange.Verdict.NONE
        && !(taken && symptoms.isOurComplaint())
        && symptoms.speaksSsh()
        && !identity.wasShown()
        && !again
        && !result.isDone()
        && canConnectAgain();
  }

  private void startKeyExchangeDeadline() {
    deadlines.start(
        attempt.policy().connectTimeout(),
        limit -> fail(symptoms.silent(limit, attempt.link() instanceof Link.Stream)));
  }

  /** What is seen of the session goes there. */
  Symptoms symptoms() {
    return symptoms;
  }

  void negotiated(
      @Nullable String serverVersion, Map<KexProposalOption, String> chosen, String remark) {
    attempt
        .trail()
        .record(
            Phase.HOST_KEY,
            "%s; %s%s, %s, %s%s"
                .formatted(
                    Sanitiser.line(Objects.requireNonNullElse(serverVersion, "no version")),
                    chosen.get(KexProposalOption.ALGORITHMS),
                    remark,
                    chosen.get(KexProposalOption.SERVERKEYS),
                    chosen.get(KexProposalOption.S2CENC),
                    compression(chosen)));
  }

  private static String compression(Map<KexProposalOption, String> chosen) {
    String name = chosen.getOrDefault(KexProposalOption.S2CCOMP, "none");
    return name.equals("none") ? "" : ", " + name;
  }

  /**
   * Verifies the host key.
   *
   * @throws IOException if it is not to be trusted: nothing more may be sent
   */
  void verify(ServerKey key) throws IOException {
    boolean first = !identity.wasShown();
    if (first) {
      // A person may have to look at it; that takes the time it takes.
      deadlines.stop();
    }
    try {
      identity.verify(key);
    } catch (HopFailure failure) {
      symptoms.caught(failure);
      fail(failure);
      throw new IOException(failure.sentence(), failure);
    }
    if (first) {
      startKeyExchangeDeadline();
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
    heard(new ServerMessage.Ready(server.opener()));
  }

  /** Has the engine answer, off the I/O threads, one message at a time. */
  void heard(ServerMessage message) {
    steps.run(
        () -> {
          server.heard(message);
          if (!(message instanceof ServerMessage.Success)) {
            earlyChannel.drop();
          }
          ClientMove move = attempt.engine().next(message);
          AuthMoves.send(move, attempt.engine(), authService(), this::signedIn);
        });
  }

  /** Waits, on the session's inbound queue, until that is done or the attempt is over. */
  void await(CompletableFuture<?> done) throws IOException {
    try {
      processing.await(
          () -> CompletableFuture.anyOf(done, result).handle((it, none) -> true).get());
    } catch (Exception e) {
      throw new IOException("the opening was cancelled", e);
    }
  }

  private void signedIn() {
    if (session != null) {
      server.signedIn();
      result.complete(session);
      earlyChannel.closeUnusedAfter(attempt.policy().connectTimeout(), blocking);
    }
  }

  /** A move is out. */
  void written(ClientMove move) {
    if (session != null && server.isExpectedToDo(move)) {
      earlyChannel.open(session);
    }
  }

  /** A move goes out. */
  void sent(ClientMove move) {
    server.sent(move);
  }

  void banner(String text) {
    steps.run(() -> attempt.engine().banner(text));
  }

  void signatureAlgorithms(List<String> algorithms) {
    steps.run(() -> attempt.engine().signatureAlgorithms(algorithms));
  }

  void fail(HopFailure failure) {
    result.completeExceptionally(failure);
  }

  /** We are closing the session, or about to. */
  void closing() {
    wanted = true;
  }

  boolean isClosedByUs() {
    return wanted;
  }

  /** Why an established session ended. */
  HopFailure lost() {
    if (wanted) {
      return new HopFailure(Code.CLOSED, Phase.REMOTE, "the circuit was closed");
    }
    return symptoms.lost();
  }

  /** Why what this hop's session carried ended. */
  String whyGone() {
    return attempt.info()
        + ", which carried it, "
        + (wanted ? "was closed" : "is gone: " + symptoms.reason());
  }

  private void finished(@Nullable Throwable failure) {
    deadlines.stop();
    earlyKeys.ifPresent(EarlyKeys::drop);
    if (failure != null) {
      steps.stop();
      identity.cancel();
      PosternSession made;
      synchronized (this) {
        made = session;
      }
      if (made != null) {
        learn(made, failure);
        made.close(true);
      }
    }
    steps.close(attempt.engine()::close);
  }

  private void learn(PosternSession made, Throwable failure) {
    boolean guessed = made.early().verdict() != EarlyExchange.Verdict.NONE;
    boolean cancelled = failure instanceof CancellationException;
    if (phase == Phase.AUTH) {
      server.notSignedIn();
    } else if (guessed && symptoms.speaksSsh() && !identity.wasShown() && !cancelled) {
      server.guessFailed();
    }
  }

  private PlanAuthService authService() {
    return Objects.requireNonNull(session, "no session").getService(PlanAuthService.class);
  }
}
