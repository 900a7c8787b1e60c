package dev.postern.core.auth;

import dev.postern.api.auth.AuthMethod;
import dev.postern.api.auth.Prompt;
import dev.postern.api.auth.Reply;
import dev.postern.api.secret.SecretValue;
import dev.postern.circuit.Phase;
import dev.postern.core.hop.HopFailure;
import dev.postern.core.text.Sanitiser;
import dev.postern.problem.Code;
import java.time.Duration;
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
  private final StrategyCalls calls;
  private final Set<String> answeredBefore = new HashSet<>();
  private final Set<String> sentHere = new HashSet<>();
  private final List<Sent> sent = new ArrayList<>();
  private final Set<String> doubted = new HashSet<>();

  /** Whether the server refused without a question: it would do so again. */
  private boolean silent;

  private int conversations;
  private int rounds;
  private int answered;
  private String last = "";

  Conversation(
      List<NamedStrategy> plan, RefusedSecrets refused, AuthTrail trail, StrategyCalls calls) {
    this.strategies =
        plan.stream().filter(strategy -> strategy.serves(AuthMethod.KEYBOARD_INTERACTIVE)).toList();
    this.refused = refused;
    this.trail = trail;
    this.calls = calls;
  }

  boolean canStart() {
    return !strategies.isEmpty() && !silent && conversations < CONVERSATION_LIMIT;
  }

  ClientMove start() {
    conversations++;
    rounds = 0;
    answered = 0;
    sentHere.clear();
    sent.clear();
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

  /** Another method was accepted, after which the server may ask what it did not ask before. */
  void stepAccepted() {
    silent = false;
  }

  /** Whether the server asked for anything at all. */
  boolean isTrivial() {
    return answered == 0;
  }

  void accepted() {
    sent.forEach(answer -> answer.strategy().verdicts().accepted());
  }

  /**
   * What was answered last is what the server refused. What came in rounds before was followed by
   * another question, so it may have been right: it gets one more chance.
   *
   * @return whether the same conversation with another last answer may be passed
   */
  boolean refused() {
    silent = rounds == 0;
    int last = sent.isEmpty() ? 0 : sent.get(sent.size() - 1).round();
    boolean spared = false;
    boolean changes = false;
    for (Sent answer : sent) {
      if (answer.round() < last && doubted.add(answer.digest())) {
        spared = true;
        continue;
      }
      changes |= answer.round() == last && answer.changes();
      answer.strategy().verdicts().refused();
      if (!answer.deliberate()) {
        refused.refuse(answer.digest());
      }
    }
    return spared && changes;
  }

  String describe() {
    return "keyboard-interactive" + (last.isEmpty() ? "" : " (last asked: " + last + ")");
  }

  private SecretValue ask(Prompt prompt) throws HopFailure, InterruptedException {
    boolean blocked = answeredBefore.contains(prompt.text()) || sentHere.contains(prompt.text());
    last = "'" + Sanitiser.line(prompt.text().strip()) + "'";
    List<String> reasons = new ArrayList<>();
    for (NamedStrategy strategy : strategies) {
      long begun = System.nanoTime();
      Reply reply =
          calls.reply(strategy, "to answer " + last, () -> strategy.strategy().prompt(prompt));
      if (reply instanceof Reply.Pass pass && !pass.why().isEmpty()) {
        reasons.add(strategy + ": " + Sanitiser.line(pass.why()));
      }
      if (!(reply instanceof Reply.Answer answer)) {
        continue;
      }
      if (mayGoOut(prompt, strategy, answer)) {
        expectAllowed(strategy, answer);
        trail.note("%s answered by %s%s".formatted(last, strategy, waited(begun)));
        return answer.value();
      }
      answer.value().close();
      blocked = true;
      trail.skipped(
          "the answer of %s to %s not sent again, the server refused it".formatted(strategy, last));
    }
    String why = reasons.isEmpty() ? "" : " (" + String.join("; ", reasons) + ")";
    throw blocked ? denied(why) : unrecognised(prompt, why);
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

  /** For a person who types, or a code that was waited for. */
  private static String waited(long begun) {
    long seconds = Duration.ofNanos(System.nanoTime() - begun).toSeconds();
    return seconds == 0 ? "" : " after " + seconds + " s";
  }

  /**
   * The same answer to the same prompt again, or one that was refused before, only if it is meant
   * so.
   */
  private boolean mayGoOut(Prompt prompt, NamedStrategy strategy, Reply.Answer answer) {
    String digest = refused.digest(answer.value());
    boolean repeated = !sentHere.add(prompt.text() + "\n" + digest);
    if (!answer.deliberate() && (repeated || refused.contains(digest))) {
      return false;
    }
    sentHere.add(prompt.text());
    answeredBefore.add(prompt.text());
    boolean changes = answer.deliberate() || !strategy.serves(AuthMethod.PASSWORD);
    sent.add(new Sent(digest, strategy, prompt.round().number(), answer.deliberate(), changes));
    return true;
  }

  private HopFailure denied(String why) {
    return new HopFailure(
        Code.AUTH_DENIED,
        Phase.AUTH,
        "Permission denied (keyboard-interactive): the server asks %s, and every answer that the plan has was refused already%s; %s"
            .formatted(last, why, trail.tried()));
  }

  private HopFailure unrecognised(Prompt prompt, String why) {
    String names = String.join(", ", strategies.stream().map(NamedStrategy::type).toList());
    return new HopFailure(
        Code.AUTH_UNKNOWN_PROMPT,
        Phase.AUTH,
        "the server asks %s (echo %s, round %d) and no strategy of the plan %s it (asked: %s)%s; nothing was answered. Add a strategy or a rule for it"
            .formatted(
                asked(prompt),
                prompt.echo() ? "on" : "off",
                prompt.round().number(),
                why.isEmpty() ? "recognised" : "answered",
                names,
                why));
  }

  /** With the instruction, where the prompt alone does not say what is asked. */
  private String asked(Prompt prompt) {
    String question = prompt.question();
    return question.equals(prompt.text())
        ? last
        : "%s under \"%s\"".formatted(last, Sanitiser.line(question.strip()));
  }

  /**
   * An answer that went out.
   *
   * @param deliberate whether it may be said again although it was refused
   * @param changes whether its strategy may have another one: a person, a code
   */
  private record Sent(
      String digest, NamedStrategy strategy, int round, boolean deliberate, boolean changes) {}
}
