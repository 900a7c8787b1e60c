package dev.postern.testkit.server;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.security.PublicKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apiguardian.api.API;

/**
 * How an {@link EmbeddedServer} behaves. What it wants stands in the order that it wants it; {@link
 * #or} begins another way in. Not safe for use by several threads.
 */
@API(status = API.Status.MAINTAINED, since = "1.0")
public final class ServerScript {
  final String user;
  final List<List<Step>> ways = new ArrayList<>(List.of(new ArrayList<>()));
  final Set<KeyKind> hostKeys = EnumSet.noneOf(KeyKind.class);
  Optional<CertificateAuthority> hostAuthority = Optional.empty();
  Optional<String> banner = Optional.empty();
  boolean forwarding = true;
  boolean openDoor;
  RemoteCommand command = (line, input, output, error) -> 0;
  Cut cut = Cut.NEVER;

  ServerScript(String user) {
    this.user = requireNonNull(user, "user is null");
  }

  /** Wants the method {@code password} with this one, next. */
  public ServerScript password(String value) {
    return step(new Wanted.Password(value, Optional.empty()));
  }

  /**
   * Wants the method {@code password}, next: takes this one for expired (RFC 4252 section 8), and
   * lets in who changes it to the other.
   */
  public ServerScript expiredPassword(String value, String replacement) {
    return step(new Wanted.Password(value, Optional.of(replacement)));
  }

  /**
   * Wants the method {@code publickey} with one of these keys, next. Given again, it adds a key.
   */
  public ServerScript publicKey(PublicKey value) {
    return publicKey(KeyText.blob(value));
  }

  /** The same, for a key in the encoding of RFC 4253 section 6.6. */
  public ServerScript publicKey(byte[] blob) {
    keys().blobs().add(blob.clone());
    return this;
  }

  /** The same, with a certificate for the user that this authority signed. */
  public ServerScript certificateOf(CertificateAuthority authority) {
    keys().authorities().add(authority);
    return this;
  }

  /**
   * Wants a keyboard-interactive conversation (RFC 4256) of these rounds, next. A wrong answer ends
   * it.
   */
  public ServerScript conversation(ServerRound... wanted) {
    if (wanted.length == 0) {
      throw new IllegalArgumentException("a conversation needs a round, if only one of no prompts");
    }
    return step(new Wanted.Rounds(List.of(wanted)));
  }

  /** Lets the user in on the method {@code none}, without asking (RFC 4252 section 5.2). */
  public ServerScript openDoor() {
    openDoor = true;
    return this;
  }

  /** Takes this long to judge what was wanted last. */
  public ServerScript delay(Duration time) {
    List<Step> way = way();
    if (way.isEmpty()) {
      throw new IllegalStateException("say what is wanted before how long it takes");
    }
    way.set(way.size() - 1, way.get(way.size() - 1).delayed(time));
    return this;
  }

  /**
   * Begins another way in: whoever passes one of them is let in. Ways that begin with the same
   * method go together as far as they agree; the first one's answer counts.
   */
  public ServerScript or() {
    ways.add(new ArrayList<>());
    return this;
  }

  /** Shows a banner before anybody signs in (RFC 4252 section 5.4). */
  public ServerScript banner(String text) {
    banner = Optional.of(text);
    return this;
  }

  /**
   * Has a host key of this kind. Given again, it adds one; without any it has an ECDSA key, by
   * which it is known, and an ed25519 key for clients that take no ECDSA from a stranger.
   */
  public ServerScript hostKey(KeyKind kind) {
    hostKeys.add(kind);
    return this;
  }

  /** Shows host certificates of this authority. */
  public ServerScript hostCertificateOf(CertificateAuthority authority) {
    hostAuthority = Optional.of(authority);
    return this;
  }

  /** Forbids forwarding, which is allowed unless said. */
  public ServerScript withoutForwarding() {
    forwarding = false;
    return this;
  }

  /** Answers commands. */
  public ServerScript command(RemoteCommand answer) {
    command = answer;
    return this;
  }

  /** Hangs up at that moment. */
  public ServerScript hangUp(ServerMoment moment) {
    cut = new Cut(Optional.of(moment), 0, cut.lastWord());
    return this;
  }

  /** Hangs up when a step of the signing in begins, the first is 1. */
  public ServerScript hangUpAtStep(int step) {
    cut = new Cut(Optional.empty(), step, cut.lastWord());
    return this;
  }

  /** Says this before it hangs up ({@code SSH_MSG_DISCONNECT}), once both know each other. */
  public ServerScript lastWord(String text) {
    cut = new Cut(cut.moment(), cut.step(), Optional.of(text));
    return this;
  }

  /**
   * Starts it.
   *
   * @throws IllegalStateException if it was not told how to let anybody in
   * @throws IOException if it cannot listen
   */
  public EmbeddedServer start() throws IOException {
    boolean nobody = ways.size() > 1 || !openDoor;
    if (nobody && ways.stream().anyMatch(List::isEmpty)) {
      throw new IllegalStateException(
          "nobody can sign in: give the server a password, a public key or a conversation");
    }
    return ServerStart.start(this);
  }

  private List<Step> way() {
    return ways.get(ways.size() - 1);
  }

  private ServerScript step(Wanted wanted) {
    way().add(new Step(wanted, Duration.ZERO));
    return this;
  }

  /** The keys of this way, wanted once however many there are. */
  private Wanted.Keys keys() {
    for (Step step : way()) {
      if (step.wanted() instanceof Wanted.Keys keys) {
        return keys;
      }
    }
    Wanted.Keys keys = new Wanted.Keys(new ArrayList<>(), new ArrayList<>());
    step(keys);
    return keys;
  }
}
