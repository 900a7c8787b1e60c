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
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.function.BiConsumer;
import org.apache.sshd.common.SshException;
import org.apache.sshd.common.kex.KexProposalOption;
import org.jspecify.annotations.Nullable;

/** One attempt at one hop, from its first byte to its last word on signing in. */
final class ConnectAttempt {
  private final Attempt attempt;
  private final List<String> hostKeyAlgorithms;
  private final KnownServer server;
  private final EarlyChannel earlyChannel;
  private final BlockingSteps steps;
  private final ExecutorService blocking;
  private final Processing processing;
  private final Deadlines deadlines = new Deadlines();
  private final BiConsumer<Attempt, ConnectAttempt> connect;
  private final CompletableFuture<PosternSession> result = new CompletableFuture<>();

  private @Nullable PosternSession session;
  private @Nullable Future<String> waitingFor;
  private volatile boolean again;
  private volatile Phase phase = Phase.HOST_KEY;
  private volatile boolean wanted;
  private volatile boolean speaksSsh;
  private volatile Greeting greeting = Greeting.NOTHING;
  private volatile @Nullable ServerKey trusted;
  private volatile @Nullable String lastWords;
  private volatile @Nullable Throwable trouble;

  ConnectAttempt(
      Attempt attempt,
      HostKeyOrder hostKeys,
      ExecutorService blocking,
      Processing processing,
      BiConsumer<Attempt, ConnectAttempt> connect) {
    this.attempt = attempt;
    this.hostKeyAlgorithms = hostKeys.algorithms();
    this.server = new KnownServer(attempt.memory(), hostKeys.server());
    this.connect = connect;
    this.earlyChannel = new EarlyChannel(attempt.ahead());
    this.steps = new BlockingSteps(blocking, this::fail);
    this.blocking = blocking;
    this.processing = processing;
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
    return new EarlyExchange(again ? Optional.empty() : server.lastTime(), canConnectAgain());
  }

  KnownServer server() {
    return server;
  }

  EarlyChannel earlyChannel() {
    return earlyChannel;
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
      fail(closedTooEarly());
      return;
    }
    again = true;
    trouble = null;
    lastWords = null;
    greeting = Greeting.NOTHING;
    speaksSsh = false;
    if (guess == EarlyExchange.Verdict.STALE) {
      server.guessWasStale();
    } else {
      server.guessFailed();
    }
    attempt.trail().record(Phase.CONNECT, "connecting anew, without a guess at the key exchange");
    connect.accept(attempt, this);
  }

  private synchronized boolean isWorthAnotherTry(EarlyExchange.Verdict guess) {
    boolean taken = guess == EarlyExchange.Verdict.OPEN || guess == EarlyExchange.Verdict.RIGHT;
    boolean ourComplaint = trouble instanceof SshException;
    return guess != EarlyExchange.Verdict.NONE
        && !(taken && ourComplaint)
        && speaksSsh
        && waitingFor == null
        && !again
        && !result.isDone()
        && canConnectAgain();
  }

  private void startKeyExchangeDeadline() {
    deadlines.start(
        attempt.policy().connectTimeout(),
        limit ->
            fail(SessionTrouble.silent(limit, greeting, attempt.link() instanceof Link.Stream)));
  }

  /** What came before the server said which SSH it speaks. */
  void greeted(byte[] data, int offset, int length) {
    greeting = Greeting.of(data, offset, length);
  }

  /** The server speaks SSH. */
  void identified() {
    greeting = Greeting.SSH;
    speaksSsh = true;
  }

  void negotiated(
      @Nullable String serverVersion, Map<KexProposalOption, String> chosen, String remark) {
    attempt
        .trail()
        .record(
            Phase.HOST_KEY,
            "%s; %s%s, %s, %s"
                .formatted(
                    Sanitiser.line(Objects.requireNonNullElse(serverVersion, "no version")),
                    chosen.get(KexProposalOption.ALGORITHMS),
                    remark,
                    chosen.get(KexProposalOption.SERVERKEYS),
                    chosen.get(KexProposalOption.S2CENC)));
  }

  /**
   * Verifies the host key. Keys are exchanged anew on an established session too, and the server
   * must show the same one again.
   *
   * @throws IOException if it is not to be trusted: nothing more may be sent
   */
  void verify(ServerKey key) throws IOException {
    if (trusted == null) {
      verifyFirst(key);
    } else if (!key.equals(trusted)) {
      HopFailure failure =
          new HopFailure(
              Code.HOST_KEY_CHANGED,
              Phase.HOST_KEY,
              "the server showed another key (%s) when keys were exchanged anew"
                  .formatted(Sanitiser.line(key.type())));
      caught(failure);
      throw new IOException(failure.sentence(), failure);
    }
  }

  private void verifyFirst(ServerKey key) throws IOException {
    // A person may have to look at it; that takes the time it takes.
    deadlines.stop();
    Future<String> verification = blocking.submit(() -> attempt.hostKeys().verify(key));
    synchronized (this) {
      waitingFor = verification;
    }
    if (result.isCompletedExceptionally()) {
      verification.cancel(true);
    }
    try {
      String text = processing.await(verification::get);
      attempt.trail().record(Phase.HOST_KEY, text);
      trusted = key;
      startKeyExchangeDeadline();
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

  /** If we complained first, these words only answer that. */
  void disconnected(String message) {
    if (!(trouble instanceof SshException)) {
      lastWords = Sanitiser.line(message);
    }
  }

  void caught(Throwable failure) {
    if (trouble == null) {
      trouble = failure;
    }
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
    return SessionTrouble.lost(lastWords, trouble);
  }

  /** Why what this hop's session carried ended. */
  String whyGone() {
    return attempt.info()
        + ", which carried it, "
        + (wanted ? "was closed" : "is gone: " + SessionTrouble.reason(lastWords, trouble));
  }

  private HopFailure closedTooEarly() {
    return SessionTrouble.explain(phase, greeting, lastWords, trouble, attempt.engine().progress());
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
        learn(made, failure);
        made.close(true);
      }
    }
    steps.close(attempt.engine()::close);
  }

  private void learn(PosternSession made, Throwable failure) {
    boolean guessed = made.early().verdict() != EarlyExchange.Verdict.NONE;
    boolean cancelled = failure instanceof CancellationException;
    boolean keyShown;
    synchronized (this) {
      keyShown = waitingFor != null;
    }
    if (phase == Phase.AUTH) {
      server.notSignedIn();
    } else if (guessed && speaksSsh && !keyShown && !cancelled) {
      server.guessFailed();
    }
  }

  private PlanAuthService authService() {
    return Objects.requireNonNull(session, "no session").getService(PlanAuthService.class);
  }
}
