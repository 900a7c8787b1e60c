package dev.postern.core.auth;

import static java.util.Objects.requireNonNull;

import dev.postern.api.auth.AuthMethod;
import dev.postern.api.auth.Identity;
import dev.postern.core.hop.HopFailure;
import dev.postern.core.text.Sanitiser;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The {@code publickey} method: one identity after the other, each probed before it signs, unless
 * it signs at once.
 */
final class KeySignIn implements AutoCloseable {
  private static final String GIVE_KEYS = "to give its keys";

  private final Deque<NamedStrategy> waiting = new ArrayDeque<>();
  private final Deque<Offer> secondChoices = new ArrayDeque<>();
  private final Set<String> judged = new HashSet<>();
  private final AuthTrail trail;
  private final StrategyCalls calls;
  private List<String> understood = List.of();
  private @Nullable NamedStrategy source;
  private @Nullable Stream<Identity> stream;
  private @Nullable Iterator<Identity> identities;
  private boolean empty;
  private @Nullable Offer current;
  private @Nullable Offer postponed;

  KeySignIn(List<NamedStrategy> plan, AuthTrail trail, StrategyCalls calls) {
    plan.stream().filter(strategy -> strategy.serves(AuthMethod.PUBLICKEY)).forEach(waiting::add);
    this.trail = trail;
    this.calls = calls;
  }

  /** The server said which signatures it understands (RFC 8308 section 3.1). */
  void understood(List<String> algorithms) {
    understood = List.copyOf(algorithms);
  }

  /** Asks whether the next key would do, or signs with it; null if there is none left. */
  @Nullable ClientMove next() throws HopFailure, InterruptedException {
    Offer offer = nextOffer();
    current = offer;
    return offer == null ? null : offer.move();
  }

  /**
   * Asks again about a key that was refused, with another algorithm; null if there is none left.
   * Comes after everything else, since each question counts as a try: some servers understand an
   * algorithm and yet do not accept it.
   */
  @Nullable ClientMove lastResort() {
    Offer offer = secondChoices.poll();
    current = offer;
    return offer == null ? null : offer.move();
  }

  private @Nullable Offer nextOffer() throws HopFailure, InterruptedException {
    Offer waiting = postponed == null ? null : postponed.suitedTo(understood);
    postponed = null;
    if (waiting != null) {
      return waiting;
    }
    Offer refused = current == null ? null : current.withOtherAlgorithms(understood);
    if (refused != null) {
      secondChoices.add(refused);
    }
    while (true) {
      Offer offer = read();
      if (offer == null) {
        return null;
      }
      // The same key from two places is one key to the server.
      if (!judged.add(offer.key())) {
        continue;
      }
      Offer usable = offer.suitedTo(understood);
      if (usable != null) {
        return usable;
      }
      trail.skipped(
          "%s not offered: the server understands no signature of it but %s"
              .formatted(offer.description(), Sanitiser.line(String.join(",", understood))));
    }
  }

  /** The key that was probed would do: signs with it. */
  ClientMove sign() {
    Offer offer = requireCurrent();
    return new ClientMove.SignWithKey(offer.identity(), offer.algorithm());
  }

  /**
   * The probe did not count, since the server was not ready for keys: the key waits for its turn.
   */
  void postpone() {
    postponed = current;
    current = null;
  }

  /** The key did its part; its other algorithms are not needed. */
  void accepted() {
    current = null;
  }

  /** It was no judgement of the server on the key, which another source may be able to use. */
  void signingFailed() {
    judged.remove(requireCurrent().key());
    current = null;
  }

  /** Whoever signs for the key is broken, or cannot be used. */
  HopFailure signerFailed(Throwable failure) {
    return StrategyCalls.failure(requireCurrent().source(), failure);
  }

  String describe() {
    return requireCurrent().description();
  }

  private Offer requireCurrent() {
    if (current == null) {
      throw new IllegalStateException("no key is being offered");
    }
    return current;
  }

  private @Nullable Offer read() throws HopFailure, InterruptedException {
    while (true) {
      Iterator<Identity> from = identities;
      NamedStrategy strategy = source;
      if (from != null && strategy != null) {
        if (calls.run(strategy, GIVE_KEYS, from::hasNext)) {
          empty = false;
          return calls.run(strategy, GIVE_KEYS, () -> Offer.of(strategy, from.next()));
        }
        if (empty) {
          trail.skipped(strategy + " has no key to offer");
        }
        closeStream(strategy);
      }
      NamedStrategy following = waiting.poll();
      if (following == null) {
        return null;
      }
      Stream<Identity> opened =
          calls.run(
              following,
              GIVE_KEYS,
              () -> requireNonNull(following.strategy().identities(), "its identities are null"));
      source = following;
      stream = opened;
      identities = opened.iterator();
      empty = true;
    }
  }

  private void closeStream(NamedStrategy strategy) throws HopFailure, InterruptedException {
    Stream<Identity> done = stream;
    stream = null;
    identities = null;
    source = null;
    if (done != null) {
      calls.run(
          strategy,
          "to let go of its keys",
          () -> {
            done.close();
            return Boolean.TRUE;
          });
    }
  }

  @Override
  public void close() {
    if (stream != null) {
      stream.close();
    }
  }
}
