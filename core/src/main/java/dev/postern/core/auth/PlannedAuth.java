package dev.postern.core.auth;

import static dev.postern.api.auth.AuthMethod.KEYBOARD_INTERACTIVE;
import static dev.postern.api.auth.AuthMethod.PASSWORD;
import static dev.postern.api.auth.AuthMethod.PUBLICKEY;
import static java.util.Objects.requireNonNull;

import dev.postern.api.auth.AuthMethod;
import dev.postern.circuit.Phase;
import dev.postern.core.hop.HopFailure;
import dev.postern.core.hop.HopPolicy;
import dev.postern.core.hop.TrailRecorder;
import dev.postern.core.text.Sanitiser;
import dev.postern.event.AuthOutcome;
import dev.postern.problem.Code;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Signs in by a plan: its strategies, in order, composed to whatever the server wants. */
public final class PlannedAuth implements AuthEngine {
  private final List<NamedStrategy> plan;
  private final HopPolicy policy;
  private final AuthTrail trail;
  private final StrategyCalls calls = new StrategyCalls();
  private final KeySignIn keys;
  private final PasswordSignIn passwords;
  private final Conversation conversation;
  private final List<AuthMethod> order;
  private final Set<AuthMethod> refusedMethods = EnumSet.noneOf(AuthMethod.class);

  private @Nullable List<String> offered;
  private Pending pending = Pending.NOTHING;
  private boolean proven;
  private long asked = System.nanoTime();
  private int refusals;

  /** The engine owns the strategies and closes them. */
  public PlannedAuth(List<NamedStrategy> plan, HopPolicy policy, TrailRecorder recorder) {
    this.plan = List.copyOf(plan);
    this.policy = requireNonNull(policy, "policy is null");
    this.trail = new AuthTrail(recorder);
    RefusedSecrets refused = new RefusedSecrets();
    this.keys = new KeySignIn(plan, trail, calls);
    this.passwords = new PasswordSignIn(plan, refused, trail, calls);
    this.conversation = new Conversation(plan, refused, trail, calls);
    this.order = MethodOrder.of(plan);
  }

  @Override
  public ClientMove next(ServerMessage message) throws HopFailure, InterruptedException {
    if (message instanceof ServerMessage.Ready ready && pending == Pending.NOTHING) {
      return begin(ready.opener().orElse(null));
    }
    if (message instanceof ServerMessage.Success && pending != Pending.NOTHING) {
      return succeed();
    }
    if (message instanceof ServerMessage.Failure failure && pending != Pending.NOTHING) {
      return goOn(failure);
    }
    if (message instanceof ServerMessage.KeyAcceptable && pending == Pending.PROBE) {
      pending = Pending.SIGNATURE;
      return keys.sign();
    }
    if (message instanceof ServerMessage.ChangePassword change && pending == Pending.PASSWORD) {
      return passwords.change(change.prompt());
    }
    if (message instanceof ServerMessage.InfoRequest request && pending == Pending.CONVERSATION) {
      return conversation.answer(request);
    }
    throw new HopFailure(
        Code.AUTH_HOSTILE,
        Phase.AUTH,
        "the server sent %s, which has no place here (%s)"
            .formatted(message.getClass().getSimpleName(), progress()));
  }

  /**
   * Without asking what the server wants, where the plan leaves one beginning only, or the server
   * took one of them the last time. A password begins only in the second case, and if nobody has to
   * be asked for it.
   */
  private ClientMove begin(@Nullable AuthMethod opener) throws HopFailure, InterruptedException {
    AuthMethod first = plan.isEmpty() ? null : beginning(plan.get(0), opener);
    ClientMove move = first == null ? null : move(first);
    if (move != null) {
      return move;
    }
    pending = Pending.METHODS;
    return new ClientMove.AskMethods();
  }

  private static @Nullable AuthMethod beginning(
      NamedStrategy strategy, @Nullable AuthMethod opener) {
    boolean isOpener = opener != null && strategy.serves(opener);
    AuthMethod only = strategy.methods().size() == 1 ? strategy.methods().iterator().next() : null;
    AuthMethod method = isOpener ? opener : only;
    boolean mayBegin = method != PASSWORD || (isOpener && strategy.strategy().hasPasswordAtHand());
    return mayBegin ? method : null;
  }

  private ClientMove succeed() throws HopFailure {
    boolean trivial = pending == Pending.CONVERSATION && conversation.isTrivial();
    boolean real = proven || (pending.isProof() && !trivial);
    if (!plan.isEmpty() && !real) {
      if (!policy.allowTrivialAuth()) {
        throw new HopFailure(
            Code.AUTH_TRIVIAL,
            Phase.AUTH,
            "the server let us in without asking for anything that the plan has (%s); it may be an impostor. If it is meant so, set allow-trivial-auth = true"
                .formatted(pending));
      }
      trail.note("let in without a proof (" + pending + "), as allow-trivial-auth says");
    }
    tellAccepted();
    told(pending.method(), AuthOutcome.ACCEPTED);
    trail.note(describe() + " accepted; signed in");
    return new ClientMove.SignedIn();
  }

  private ClientMove goOn(ServerMessage.Failure failure) throws HopFailure, InterruptedException {
    boolean knewOffer = offered != null;
    offered = failure.methods();
    AuthMethod method = pending.method();
    if (failure.partialSuccess()) {
      acceptStep(method, failure.methods());
    } else if (method == null) {
      trail.note("the server offers " + AuthTrail.methods(failure.methods()));
    } else if (!knewOffer && !offers(method)) {
      trail.note(
          "%s is not offered; the server offers %s"
              .formatted(method, AuthTrail.methods(failure.methods())));
      keys.postpone();
      // Servers count a password that they did not offer to take.
      refusals += method == PASSWORD ? 1 : 0;
    } else {
      refuseStep(method, failure.methods());
    }
    return nextMove();
  }

  private void tellAccepted() {
    if (pending == Pending.PASSWORD) {
      passwords.accepted();
    } else if (pending == Pending.CONVERSATION) {
      conversation.accepted();
    }
  }

  private void acceptStep(@Nullable AuthMethod method, List<String> stillWanted) throws HopFailure {
    if (method == null || pending == Pending.PROBE) {
      throw new HopFailure(
          Code.AUTH_HOSTILE,
          Phase.AUTH,
          "the server reports a partial success of a request that proved nothing");
    }
    tellAccepted();
    told(method, AuthOutcome.PARTIAL);
    trail.accepted(describe(), stillWanted);
    proven |= method != KEYBOARD_INTERACTIVE || !conversation.isTrivial();
    if (method == PUBLICKEY) {
      keys.accepted();
    }
    refusedMethods.clear();
    conversation.stepAccepted();
  }

  private void told(@Nullable AuthMethod method, AuthOutcome outcome) {
    trail.attempted(
        method == null ? "none" : method.wireName(),
        outcome,
        Duration.ofNanos(System.nanoTime() - asked));
  }

  private void refuseStep(AuthMethod method, List<String> stillOffered) {
    refusals++;
    told(method, AuthOutcome.REFUSED);
    trail.refused(describe(), stillOffered);
    switch (method) {
      case PUBLICKEY -> {}
      case PASSWORD -> {
        passwords.refused();
        refusedMethods.add(method);
      }
      case KEYBOARD_INTERACTIVE -> {
        if (!conversation.refused()) {
          refusedMethods.add(method);
        }
      }
    }
  }

  /** What was not refused yet comes first; then what was, if there is something new to say. */
  private ClientMove nextMove() throws HopFailure, InterruptedException {
    if (refusals >= policy.maxAuthAttempts()) {
      throw new HopFailure(
          Code.AUTH_BUDGET,
          Phase.AUTH,
          "Permission denied (%s): stopped after %d refusals (max-auth-attempts); %s"
              .formatted(offeredText(), refusals, trail.tried()));
    }
    if (offered == null) {
      return withoutOffer();
    }
    for (boolean again : new boolean[] {false, true}) {
      for (AuthMethod method : order) {
        if (offers(method) && refusedMethods.contains(method) == again) {
          ClientMove move = move(method);
          if (move != null) {
            return move;
          }
        }
      }
    }
    ClientMove last = offers(PUBLICKEY) ? offerKey(keys.lastResort()) : null;
    if (last != null) {
      return last;
    }
    throw exhausted();
  }

  /** A key could not sign before the server ever said what it offers. */
  private ClientMove withoutOffer() throws HopFailure, InterruptedException {
    ClientMove key = move(PUBLICKEY);
    if (key != null) {
      return key;
    }
    pending = Pending.METHODS;
    return new ClientMove.AskMethods();
  }

  private @Nullable ClientMove move(AuthMethod method) throws HopFailure, InterruptedException {
    return switch (method) {
      case PUBLICKEY -> offerKey(keys.next());
      case PASSWORD -> remember(Pending.PASSWORD, passwords.next());
      case KEYBOARD_INTERACTIVE ->
          conversation.canStart() ? remember(Pending.CONVERSATION, conversation.start()) : null;
    };
  }

  private @Nullable ClientMove offerKey(@Nullable ClientMove move) {
    return remember(
        move instanceof ClientMove.SignWithKey ? Pending.SIGNATURE : Pending.PROBE, move);
  }

  private @Nullable ClientMove remember(Pending next, @Nullable ClientMove move) {
    if (move != null) {
      pending = next;
      asked = System.nanoTime();
    }
    return move;
  }

  private HopFailure exhausted() {
    if (order.stream().noneMatch(this::offers)) {
      return new HopFailure(
          Code.AUTH_NO_COMMON_METHOD,
          Phase.AUTH,
          "Permission denied (%s): the server wants %s, and the plan serves %s; %s"
              .formatted(
                  offeredText(),
                  offeredText(),
                  order.isEmpty() ? "nothing" : AuthTrail.methods(names(order)),
                  trail.tried()));
    }
    return new HopFailure(
        Code.AUTH_DENIED,
        Phase.AUTH,
        "Permission denied (%s); %s".formatted(offeredText(), trail.tried()));
  }

  private boolean offers(AuthMethod method) {
    return offered != null && offered.contains(method.wireName());
  }

  private String offeredText() {
    return AuthTrail.methods(offered == null ? List.of() : offered);
  }

  private static List<String> names(List<AuthMethod> methods) {
    List<String> names = new ArrayList<>();
    methods.forEach(method -> names.add(method.wireName()));
    return names;
  }

  @Override
  public void banner(String text) {
    trail.banner(text);
  }

  @Override
  public void signatureAlgorithms(List<String> algorithms) {
    keys.understood(algorithms);
  }

  @Override
  public ClientMove signingFailed(IOException failure) throws HopFailure, InterruptedException {
    trail.skipped(
        "%s could not sign: %s"
            .formatted(keys.describe(), Sanitiser.line(String.valueOf(failure.getMessage()))));
    keys.signingFailed();
    return nextMove();
  }

  @Override
  public HopFailure signerFailed(Throwable failure) {
    return keys.signerFailed(failure);
  }

  @Override
  public String progress() {
    String running = calls.running();
    if (running != null) {
      return running;
    }
    return switch (pending) {
      case NOTHING -> "nothing was sent yet";
      case METHODS -> "waiting for the methods that the server offers";
      case CONVERSATION ->
          "in "
              + conversation.describe()
              + "; a push or a call may be waiting for an answer, or the server did not go on";
      case SIGNATURE ->
          "waiting for the signature of " + keys.describe() + ", or for the verdict on it";
      default -> "waiting for the verdict on " + describe();
    };
  }

  private String describe() {
    return switch (pending) {
      case NOTHING, METHODS -> "none";
      case PROBE, SIGNATURE -> keys.describe();
      case PASSWORD -> passwords.describe();
      case CONVERSATION -> conversation.describe();
    };
  }

  @Override
  public void close() {
    keys.close();
    passwords.close();
    for (NamedStrategy strategy : plan) {
      try {
        strategy.strategy().close();
      } catch (Exception e) {
        trail.note(
            "the strategy '%s' failed to close: %s"
                .formatted(strategy, Sanitiser.line(e.toString())));
      }
    }
  }
}
