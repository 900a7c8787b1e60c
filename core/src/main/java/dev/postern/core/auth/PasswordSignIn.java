package dev.postern.core.auth;

import dev.postern.api.auth.AuthMethod;
import dev.postern.api.auth.PasswordRequest;
import dev.postern.api.auth.PasswordRequest.Kind;
import dev.postern.api.auth.Reply;
import dev.postern.api.secret.SecretValue;
import dev.postern.circuit.Phase;
import dev.postern.core.hop.HopFailure;
import dev.postern.core.text.Sanitiser;
import dev.postern.problem.Code;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The {@code password} method, and the change of an expired password. */
final class PasswordSignIn implements AutoCloseable {
  private static final int CHANGE_LIMIT = 3;

  private final List<NamedStrategy> strategies;
  private final RefusedSecrets refused;
  private final AuthTrail trail;
  private final StrategyCalls calls;
  private int attempts;
  private int changes;
  private @Nullable SecretValue sent;
  private boolean deliberate;
  private @Nullable NamedStrategy source;

  PasswordSignIn(
      List<NamedStrategy> plan, RefusedSecrets refused, AuthTrail trail, StrategyCalls calls) {
    this.strategies =
        plan.stream().filter(strategy -> strategy.serves(AuthMethod.PASSWORD)).toList();
    this.refused = refused;
    this.trail = trail;
    this.calls = calls;
  }

  /** Sends a password; null if no strategy has one that was not refused before. */
  @Nullable ClientMove next() throws HopFailure, InterruptedException {
    attempts++;
    changes = 0;
    Answered answered = ask(new PasswordRequest(Kind.CURRENT, "", attempts));
    if (answered == null) {
      return null;
    }
    wipe();
    sent = answered.answer.value().copy();
    deliberate = answered.answer.deliberate();
    source = answered.strategy;
    return new ClientMove.SendPassword(answered.answer.value());
  }

  /** The password expired: sends a new one with it. */
  ClientMove change(String serverText) throws HopFailure, InterruptedException {
    SecretValue current = sent;
    String text = Sanitiser.lines(serverText);
    trail.note("the server wants a new password: " + Sanitiser.line(serverText));
    changes++;
    Answered answered =
        current == null || changes > CHANGE_LIMIT
            ? null
            : ask(new PasswordRequest(Kind.NEW, text, changes));
    if (current == null || answered == null) {
      throw new HopFailure(
          Code.AUTH_PASSWORD_EXPIRED,
          Phase.AUTH,
          "the password expired and the plan has no new one that the server takes (it said: \"%s\"); set new-password, or add 'interactive' to the plan"
              .formatted(Sanitiser.line(serverText)));
    }
    // A new password that the server turns down is asked for again; the same one must not go out
    // twice.
    if (!answered.answer.deliberate()) {
      refused.refuse(refused.digest(answered.answer.value()));
    }
    return new ClientMove.SendNewPassword(current.copy(), answered.answer.value());
  }

  private static void expectAllowed(NamedStrategy strategy, Reply.Answer answer)
      throws HopFailure, InterruptedException {
    try {
      strategy.verdicts().sending();
    } catch (HopFailure | InterruptedException | RuntimeException e) {
      answer.value().close();
      throw e;
    }
  }

  void accepted() {
    if (source != null) {
      source.verdicts().accepted();
    }
  }

  void refused() {
    if (source != null) {
      source.verdicts().refused();
    }
    if (sent != null && !deliberate) {
      refused.refuse(refused.digest(sent));
    }
  }

  String describe() {
    return "password by " + source;
  }

  private @Nullable Answered ask(PasswordRequest request) throws HopFailure, InterruptedException {
    String what = request.kind() == Kind.NEW ? "to give a new password" : "to give a password";
    for (NamedStrategy strategy : strategies) {
      Reply reply = calls.reply(strategy, what, () -> strategy.strategy().password(request));
      if (reply instanceof Reply.Pass pass && !pass.why().isEmpty()) {
        trail.skipped("no password by %s: %s".formatted(strategy, Sanitiser.line(pass.why())));
      }
      if (!(reply instanceof Reply.Answer answer)) {
        continue;
      }
      if (!answer.deliberate() && refused.contains(refused.digest(answer.value()))) {
        answer.value().close();
        trail.skipped("password by %s not sent again, the server refused it".formatted(strategy));
        continue;
      }
      if (request.kind() == Kind.CURRENT) {
        expectAllowed(strategy, answer);
      }
      return new Answered(strategy, answer);
    }
    return null;
  }

  private void wipe() {
    if (sent != null) {
      sent.close();
    }
  }

  @Override
  public void close() {
    wipe();
  }

  private record Answered(NamedStrategy strategy, Reply.Answer answer) {}
}
