package dev.postern.core.sshd;

import dev.postern.circuit.Phase;
import dev.postern.core.hop.HopFailure;
import dev.postern.core.hop.HostKeyAlgorithms;
import dev.postern.core.text.Sanitiser;
import dev.postern.problem.Code;
import java.io.EOFException;
import java.io.IOException;
import java.io.StreamCorruptedException;
import java.security.GeneralSecurityException;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.SshException;
import org.apache.sshd.common.channel.exception.SshChannelException;
import org.jspecify.annotations.Nullable;

/** Says what it means when a session ends before we are signed in. */
final class SessionTrouble {
  /** MINA's words for it; the rest of the text is for debugging. */
  private static final Pattern UNANSWERED =
      Pattern.compile("^Got (\\d+) heartbeat requests without reply.*");

  private static final Pattern OVERFLOW = Pattern.compile("^consume\\(.*above available.*");

  private static final Set<Integer> RULES =
      Set.of(
          SshConstants.SSH2_DISCONNECT_PROTOCOL_ERROR,
          SshConstants.SSH2_DISCONNECT_KEY_EXCHANGE_FAILED,
          SshConstants.SSH2_DISCONNECT_MAC_ERROR);

  private SessionTrouble() {}

  static HopFailure explain(
      Phase phase,
      Greeting greeting,
      @Nullable String lastWords,
      @Nullable Throwable trouble,
      String progress) {
    if (trouble instanceof HopFailure known) {
      return known;
    }
    if (greeting.isTurningAway()) {
      return new HopFailure(
          Code.CLOSED_IN_HANDSHAKE,
          phase,
          "the server closed the connection and said: \"%s\"; it is overloaded (MaxStartups), or has banned this address for a while"
              .formatted(greeting.text()),
          trouble);
    }
    if (greeting.isForeign()) {
      return notSsh(greeting.text(), trouble);
    }
    if (lastWords != null) {
      return new HopFailure(
          Code.CLOSED_IN_HANDSHAKE,
          phase,
          "the server closed the connection and said: "
              + lastWords
              + more(phase, lastWords, progress),
          trouble);
    }
    if (trouble == null || trouble instanceof EOFException) {
      return new HopFailure(
          Code.CLOSED_IN_HANDSHAKE,
          phase,
          phase == Phase.AUTH
              ? "the server closed the connection while we signed in (%s); it may count too many tries, or refuse this user"
                  .formatted(progress)
              : "the server closed the connection during the key exchange; it may be overloaded (MaxStartups), or have banned this address for a while",
          trouble);
    }
    String message = Sanitiser.line(String.valueOf(trouble.getMessage()));
    if (message.contains("Unable to negotiate")) {
      return new HopFailure(
          Code.NEGOTIATION_FAILED,
          phase,
          "no algorithm in common with the server: " + message + hint(message),
          trouble);
    }
    if (trouble instanceof SshException ssh
        && ssh.getDisconnectCode() == SshConstants.SSH2_DISCONNECT_PROTOCOL_VERSION_NOT_SUPPORTED) {
      return new HopFailure(
          Code.PROTOCOL_ERROR, phase, "the other side does not speak SSH 2: " + message, trouble);
    }
    if (trouble instanceof IOException
        && !(trouble instanceof SshException)
        && !breaksTheRules(trouble)) {
      return new HopFailure(
          Code.CLOSED_IN_HANDSHAKE, phase, "the connection broke: " + describe(trouble), trouble);
    }
    return brokenRules(phase, trouble);
  }

  /** What we could do, and do not where nothing is known of a host. */
  private static String hint(String message) {
    if (!message.contains("host key")) {
      return "";
    }
    String theirs = message.substring(message.indexOf("/ server: ") + 1);
    return HostKeyAlgorithms.USUAL.ifKnown().stream()
        .filter(name -> theirs.matches(".*[ ,]" + Pattern.quote(name) + "[,)].*"))
        .findFirst()
        .map("; to take its ECDSA key, put host-key-algorithms = \"+%s\""::formatted)
        .orElse("");
  }

  /** Why an established session ended. */
  static HopFailure lost(@Nullable String lastWords, @Nullable Throwable trouble) {
    if (trouble instanceof HopFailure known) {
      return known;
    }
    if (lastWords == null && trouble != null && breaksTheRules(trouble)) {
      return brokenRules(Phase.REMOTE, trouble);
    }
    return new HopFailure(
        Code.LINK_LOST, Phase.REMOTE, "the link was lost: " + reason(lastWords, trouble), trouble);
  }

  /** The server's words if it had some, else ours. */
  static String reason(@Nullable String lastWords, @Nullable Throwable trouble) {
    return lastWords == null ? describe(trouble) : "the server said: " + lastWords;
  }

  private static HopFailure brokenRules(Phase phase, Throwable trouble) {
    return new HopFailure(
        Code.PROTOCOL_ERROR,
        phase,
        "the other side broke the rules of SSH: " + describe(trouble),
        trouble);
  }

  /** MINA trips over what makes no sense in many ways; the network fails in others. */
  private static boolean breaksTheRules(Throwable trouble) {
    return (trouble instanceof SshException ssh && RULES.contains(ssh.getDisconnectCode()))
        || trouble instanceof SshChannelException
        || trouble instanceof RuntimeException
        || trouble instanceof StreamCorruptedException
        || trouble instanceof GeneralSecurityException;
  }

  private static String more(Phase phase, String lastWords, String progress) {
    if (phase != Phase.AUTH) {
      return "";
    }
    // OpenSSH's words when MaxAuthTries is reached, mostly by an agent with many keys.
    return lastWords.contains("Too many authentication failures")
        ? " (%s); offer it fewer keys: name the right one in identities, with identities-only = true"
            .formatted(progress)
        : " (%s)".formatted(progress);
  }

  /** The deadline of the key exchange passed, on a link that we dialled or that a plugin made. */
  static HopFailure silent(String limit, Greeting greeting, boolean made) {
    if (greeting.isForeign()) {
      return notSsh(greeting.text(), null);
    }
    return new HopFailure(
        Code.KEY_EXCHANGE_TIMEOUT,
        Phase.HOST_KEY,
        (made
                ? "the transport gave a stream, but no key exchange came of it within %s (connect-timeout); check that what it reached leads to an SSH server, and is not overloaded"
                : "connected, but no key exchange within %s (connect-timeout); the server is overloaded, or no SSH server listens there")
            .formatted(limit));
  }

  private static HopFailure notSsh(String beginning, @Nullable Throwable trouble) {
    return new HopFailure(
        Code.PROTOCOL_ERROR,
        Phase.HOST_KEY,
        "what listens there is not an SSH server: it began with \"%s\"; check host and port"
            .formatted(beginning),
        trouble);
  }

  private static boolean saysNothing(SshException trouble) {
    return SshConstants.getDisconnectReasonName(trouble.getDisconnectCode())
        .equals(trouble.getMessage());
  }

  static String describe(@Nullable Throwable trouble) {
    if (trouble == null || trouble instanceof EOFException) {
      return "the other side closed the connection";
    }
    Throwable cause = trouble.getCause();
    if (cause != null && trouble instanceof SshException ssh && saysNothing(ssh)) {
      return describe(cause);
    }
    String message = trouble.getMessage();
    if (message != null) {
      message =
          UNANSWERED
              .matcher(message)
              .replaceFirst("$1 keepalive requests in a row were not answered");
      message =
          OVERFLOW
              .matcher(message)
              .replaceFirst("more data than the window of a channel had room for");
    }
    return Sanitiser.line(message == null ? trouble.toString() : message);
  }
}
