package dev.postern.core.sshd;

import dev.postern.core.memory.Remembered;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.sshd.common.NamedResource;
import org.apache.sshd.common.kex.AbstractDH;
import org.apache.sshd.common.kex.KexProposalOption;
import org.apache.sshd.common.kex.KeyExchange;
import org.apache.sshd.common.kex.KeyExchangeFactory;
import org.apache.sshd.common.session.Session;
import org.jspecify.annotations.Nullable;

/**
 * The guess of RFC 4253 section 7: the first packet of the key exchange goes out behind our
 * proposal, before the server's is here. It counts if both sides list the same key exchange and the
 * same host key algorithm first, so ours begin with what the server listed first the last time. A
 * guess that was wrong is dropped by the server, and all goes on as if it had not been sent.
 */
final class EarlyExchange {
  /** It goes by our key exchange alone, whatever it lists first itself. */
  private static final String TINYSSH = "SSH-2.0-tinyssh";

  private final Optional<Remembered> server;
  private final boolean mayReorder;
  private final Optional<EarlyKeys> keys;
  private List<String> ownOrder = List.of();
  private Optional<String> lead = Optional.empty();
  private @Nullable Plain begun;
  private Verdict verdict = Verdict.NONE;

  /** What became of the guess. */
  enum Verdict {
    /** There was none. */
    NONE,
    /** The server has not shown its proposal yet. */
    OPEN,
    RIGHT,
    /** The server drops it. */
    WRONG,
    /**
     * The server now knows a better key exchange: what our order was turned into must not stand.
     */
    STALE
  }

  /** A key exchange that can begin without the server. */
  interface Plain extends KeyExchange {
    /** With these keys, or with new ones. */
    void begin(byte[] ourVersion, byte[] ourProposal, @Nullable AbstractDH ourKeys)
        throws Exception;
  }

  /**
   * @param server what the server listed first the last time, if that is known and a guess is
   *     wanted
   * @param mayReorder whether another key exchange may lead than our own first, which takes a
   *     second connection if it turns out to be a mistake
   * @param keys what is being made ahead for the exchange of {@link #guess}
   */
  EarlyExchange(Optional<Remembered> server, boolean mayReorder, Optional<EarlyKeys> keys) {
    this.server = server;
    this.mayReorder = mayReorder;
    this.keys = keys;
  }

  /** The exchange that will be guessed by whoever offers these. */
  static Optional<String> guess(
      Optional<Remembered> server, boolean mayReorder, List<String> ownOrder) {
    return server
        .map(Remembered::keyExchange)
        .filter(name -> mayReorder ? ownOrder.contains(name) : ownOrder.indexOf(name) == 0);
  }

  /**
   * Puts in front what a guess begins with, if there is one. The same for every exchange of a
   * session.
   */
  void arrange(
      Session session, Map<KexProposalOption, String> proposal, List<KeyExchangeFactory> factories)
      throws Exception {
    if (ownOrder.isEmpty()) {
      List<String> real = NamedResource.getNameList(factories);
      ownOrder =
          names(proposal, KexProposalOption.ALGORITHMS).stream().filter(real::contains).toList();
      prepare(session, factories);
    }
    lead.ifPresent(name -> toFront(proposal, name));
  }

  private void prepare(Session session, List<KeyExchangeFactory> factories) throws Exception {
    KeyExchangeFactory factory =
        guess(server, mayReorder, ownOrder)
            .map(name -> NamedResource.findByName(name, String::compareTo, factories))
            .orElse(null);
    if (factory != null && factory.createKeyExchange(session) instanceof Plain plain) {
      begun = plain;
      lead = Optional.of(factory.getName());
      verdict = Verdict.OPEN;
    }
  }

  private static void toFront(Map<KexProposalOption, String> proposal, String name) {
    List<String> names = new ArrayList<>(names(proposal, KexProposalOption.ALGORITHMS));
    names.remove(name);
    names.add(0, name);
    proposal.put(KexProposalOption.ALGORITHMS, String.join(",", names));
  }

  boolean isOpen() {
    return verdict == Verdict.OPEN;
  }

  /** Sends it, right behind our proposal. */
  void begin(byte[] ourVersion, byte[] ourProposal) throws Exception {
    if (begun != null) {
      String name = lead.orElse("");
      AbstractDH made = keys.isPresent() ? keys.get().take(name) : null;
      begun.begin(ourVersion, ourProposal, made);
    }
  }

  /** Compares with what the server proposes. */
  Verdict judge(
      String serverVersion,
      Map<KexProposalOption, String> ours,
      Map<KexProposalOption, String> theirs,
      String chosen) {
    if (verdict != Verdict.OPEN) {
      return verdict;
    }
    if (!chosen.equals(choice(theirs))) {
      verdict = Verdict.STALE;
    } else if (isFirst(ours, theirs, KexProposalOption.ALGORITHMS)
        && isFirst(ours, theirs, KexProposalOption.SERVERKEYS)) {
      verdict = Verdict.RIGHT;
    } else if (serverVersion.startsWith(TINYSSH) && chosen.equals(lead.orElse(""))) {
      verdict = Verdict.RIGHT;
    } else {
      verdict = Verdict.WRONG;
    }
    if (verdict != Verdict.RIGHT) {
      begun = null;
    }
    return verdict;
  }

  private static boolean isFirst(
      Map<KexProposalOption, String> ours,
      Map<KexProposalOption, String> theirs,
      KexProposalOption option) {
    return names(ours, option).get(0).equals(names(theirs, option).get(0));
  }

  /** What our own order would have led to. */
  private String choice(Map<KexProposalOption, String> theirs) {
    List<String> known = names(theirs, KexProposalOption.ALGORITHMS);
    return ownOrder.stream().filter(known::contains).findFirst().orElse("");
  }

  /** What to remember: a key exchange to guess, if the server's first is what we want as well. */
  Remembered remembered(Map<KexProposalOption, String> theirs) {
    String first = names(theirs, KexProposalOption.ALGORITHMS).get(0);
    return new Remembered(
        first.equals(choice(theirs)) ? first : Remembered.NO_GUESS,
        names(theirs, KexProposalOption.SERVERKEYS).get(0),
        Optional.empty(),
        false);
  }

  /** The exchange that has begun, once, if the guess was right. */
  @Nullable KeyExchange take() {
    KeyExchange taken = verdict == Verdict.RIGHT ? begun : null;
    begun = null;
    return taken;
  }

  Verdict verdict() {
    return verdict;
  }

  private static List<String> names(
      Map<KexProposalOption, String> proposal, KexProposalOption option) {
    return Arrays.asList(proposal.getOrDefault(option, "").split(","));
  }
}
