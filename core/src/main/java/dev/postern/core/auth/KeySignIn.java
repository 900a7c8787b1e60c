package dev.postern.core.auth;

import dev.postern.api.auth.AuthMethod;
import dev.postern.api.auth.Identity;
import dev.postern.core.hop.HopFailure;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The {@code publickey} method: one identity after the other, each probed before it signs. */
final class KeySignIn implements AutoCloseable {
  private final Deque<NamedStrategy> waiting = new ArrayDeque<>();
  private final Deque<Offer> offers = new ArrayDeque<>();
  private final Set<String> offered = new HashSet<>();
  private @Nullable NamedStrategy source;
  private @Nullable Stream<Identity> stream;
  private @Nullable Iterator<Identity> identities;
  private @Nullable Offer current;

  KeySignIn(List<NamedStrategy> plan) {
    plan.stream().filter(strategy -> strategy.serves(AuthMethod.PUBLICKEY)).forEach(waiting::add);
  }

  /** Asks whether the next key would do; null if there is none left. */
  @Nullable ClientMove next() throws HopFailure, InterruptedException {
    Offer offer = offers.poll();
    while (offer == null) {
      Identity identity = nextIdentity();
      if (identity == null) {
        current = null;
        return null;
      }
      for (String algorithm : identity.algorithms()) {
        offers.add(new Offer(identity, algorithm));
      }
      offer =
          offered.add(identity.description() + identity.keyType() + hash(identity))
              ? offers.poll()
              : dropAll();
    }
    current = offer;
    return new ClientMove.ProbeKey(offer.identity, offer.algorithm);
  }

  private @Nullable Offer dropAll() {
    offers.clear();
    return null;
  }

  private static int hash(Identity identity) {
    return Arrays.hashCode(identity.publicKey());
  }

  /** The key that was probed would do: signs with it. */
  ClientMove sign() {
    Offer offer = requireCurrent();
    return new ClientMove.SignWithKey(offer.identity, offer.algorithm);
  }

  /**
   * The probe did not count, since the server was not ready for keys: the key waits for its turn.
   */
  void postpone() {
    if (current != null) {
      offers.addFirst(current);
      current = null;
    }
  }

  /** The key did its part; its other algorithms are not needed. */
  void accepted() {
    Offer done = requireCurrent();
    offers.removeIf(offer -> offer.identity == done.identity);
    current = null;
  }

  String describe() {
    return AuthTrail.describe(requireCurrent().identity);
  }

  private Offer requireCurrent() {
    if (current == null) {
      throw new IllegalStateException("no key is being offered");
    }
    return current;
  }

  private @Nullable Identity nextIdentity() throws HopFailure, InterruptedException {
    while (true) {
      Iterator<Identity> from = identities;
      NamedStrategy strategy = source;
      if (from != null && strategy != null) {
        if (StrategyCalls.run(strategy, from::hasNext)) {
          return StrategyCalls.run(strategy, from::next);
        }
        closeStream();
      }
      NamedStrategy following = waiting.poll();
      if (following == null) {
        return null;
      }
      Stream<Identity> opened =
          StrategyCalls.run(following, () -> following.strategy().identities());
      source = following;
      stream = opened;
      identities = opened.iterator();
    }
  }

  private void closeStream() {
    if (stream != null) {
      stream.close();
    }
    stream = null;
    identities = null;
    source = null;
  }

  @Override
  public void close() {
    closeStream();
  }

  private record Offer(Identity identity, String algorithm) {}
}
