package dev.postern.core.auth;

import dev.postern.api.auth.AuthMethod;
import dev.postern.api.auth.Prompt;
import dev.postern.api.auth.Reply;
import dev.postern.api.secret.SecretValue;
import dev.postern.circuit.Phase;
import dev.postern.core.hop.HopFailure;
import dev.postern.core.text.Sanitiser;
import dev.postern.problem.Code;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The {@code keyboard-interactive} method. A conversation belongs to the whole plan: each prompt is
 * offered to the strategies in order, and the first that answers wins. What nobody recognises is
 * not answered.
 */
final class Conversation {
  private static final int ROUND_LIMIT = 50;
  private static final int PROMPT_LIMIT = 64;
  private static final int CONVERSATION_LIMIT = 20;

  private final List<NamedStrategy> strategies;
  private final RefusedSecrets refused;
  private final AuthTrail trail;
  private final Set<String> answeredBefore = new HashSet<>();
  private final Set<String> sentHere = new HashSet<>();
  private final List<String> refusable = new ArrayList<>();
  private int conversations;
  private int rounds;
  private int answered;
  private String last = "";

  Conversation(List<NamedStrategy> plan, RefusedSecrets refused, AuthTrail trail) {
    this.strategies =
        plan.stream().filter(strategy -> strategy.serves(AuthMethod.KEYBOARD_INTERACTIVE)).toList();
    this.refused = refused;
    this.trail = trail;
  }

  boolean canStart() {
    return !strategies.isEmpty() && conversations < CONVERSATION_LIMIT;
  }

  ClientMove start() {
    conversations++;
    rounds = 0;
    answered = 0;
    sentHere.clear();
    refusable.clear();
    last = "";
    return new ClientMove.StartConversation();
  }

  /** The answers to a round. */
  ClientMove answer(ServerMessage.InfoRequest request) throws HopFailure, InterruptedException {
    rounds++;
    if (rounds > ROUND_LIMIT || request.questions().size() > PROMPT_LIMIT) {
      throw new HopFailure(
          Code.AUTH_HOSTILE,
          Phase.AUTH,
          "the server asked without end (round %d, %d prompts); it was not answered"
              .formatted(rounds, request.questions().size()));
    }
    Prompt.Round round =
        new Prompt.Round(
            rounds,
            conversations,
            Sanitiser.lines(request.name()),
            Sanitiser.lines(request.instruction()),
            request.questions().size());
    List<SecretValue> answers = new ArrayList<>();
    try {
      for (int i = 0; i < request.questions().size(); i++) {
        ServerMessage.Question question = request.questions().get(i);
        answers.add(ask(new Prompt(Sanitiser.lines(question.text()), question.echo(), i, round)));
      }
    } catch (HopFailure | InterruptedException | RuntimeException e) {
      answers.forEach(SecretValue::close);
      throw e;
    }
    answered += answers.size();
    return new ClientMove.SendAnswers(answers);
  }

  /** Whether the server asked for anything at all. */
  boolean isTrivial() {
    return answered == 0;
  }

  void refused() {
    refusable.forEach(refused::refuse);
  }

  String describe() {
    return "keyboard-interactive" + (last.isEmpty() ? "" : " (last asked: " + last + ")");
  }

  private SecretValue ask(Prompt prompt) throws HopFailure, InterruptedException {
    boolean blocked = answeredBefore.contains(prompt.text()) || sentHere.contains(prompt.text());
    last = "'" + Sanitiser.line(prompt.text().strip()) + "'";
    for (NamedStrategy strategy : strategies) {
      Reply reply = StrategyCalls.reply(strategy, () -> strategy.strategy().prompt(prompt));
      if (!(reply instanceof Reply.Answer answer)) {
        continue;
      }
      if (mayGoOut(prompt, answer)) {
        trail.note("%s answered by %s".formatted(last, strategy));
        return answer.value();
      }
      answer.value().close();
      blocked = true;
      trail.skipped(
          "the answer of %s to %s not sent again, the server refused it".formatted(strategy, last));
    }
    throw blocked ? denied() : unrecognised(prompt);
  }

  /**
   * The same answer to the same prompt again, or one that was refused before, only if it is meant
   * so.
   */
  private boolean mayGoOut(Prompt prompt, Reply.Answer answer) {
    String digest = refused.digest(answer.value());
    boolean repeated = !sentHere.add(prompt.text() + "\n" + digest);
    if (!answer.deliberate() && (repeated || refused.contains(digest))) {
      return false;
    }
    sentHere.add(prompt.text());
    answeredBefore.add(prompt.text());
    if (!answer.deliberate()) {
      refusable.add(digest);
    }
    return true;
  }

  private HopFailure denied() {
    return new HopFailure(
        Code.AUTH_DENIED,
        Phase.AUTH,
        "Permission denied (keyboard-interactive): the server asks %s, and every answer that the plan has was refused already; %s"
            .formatted(last, trail.tried()));
  }

  private HopFailure unrecognised(Prompt prompt) {
    String names = String.join(", ", strategies.stream().map(NamedStrategy::type).toList());
    return new HopFailure(
        Code.AUTH_UNKNOWN_PROMPT,
        Phase.AUTH,
        "the server asks %s (echo %s, round %d) and no strategy of the plan recognised it (asked: %s); nothing was answered. Add a strategy or a rule for it"
            .formatted(last, prompt.echo() ? "on" : "off", prompt.round().number(), names));
  }
}
