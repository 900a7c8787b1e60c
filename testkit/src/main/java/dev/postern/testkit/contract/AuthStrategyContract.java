package dev.postern.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.api.auth.AuthMethod;
import dev.postern.api.auth.AuthStrategy;
import dev.postern.api.auth.AuthStrategyProvider;
import dev.postern.api.auth.Prompt;
import dev.postern.api.auth.Reply;
import dev.postern.api.hop.HopContext;
import dev.postern.api.hop.Time;
import dev.postern.testkit.FakeHopContext;
import dev.postern.testkit.FakeTime;
import dev.postern.testkit.server.Attempt;
import dev.postern.testkit.server.EmbeddedServer;
import dev.postern.testkit.server.ServerScript;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apiguardian.api.API;
import org.junit.jupiter.api.Test;

/**
 * What every auth strategy keeps to. A test of yours extends it, and supplies the provider, its
 * settings, and a server that it signs in to.
 */
@API(status = API.Status.EXPERIMENTAL, since = "1.0")
public abstract non-sealed class AuthStrategyContract
    extends ProviderContract<AuthStrategyProvider<?>> {
  /** For a test of yours. */
  protected AuthStrategyContract() {}

  /**
   * A server for the user {@code alice} that the strategy signs in to, alone and with {@link
   * #settings}.
   */
  protected abstract ServerScript server();

  /**
   * Prompts that the strategy answers; to be overridden by one that serves keyboard-interactive.
   */
  protected List<Prompt> ownPrompts() {
    return List.of();
  }

  /** Prompts that it must leave to others. Override it for one that takes any of these. */
  protected List<Prompt> foreignPrompts() {
    return List.of(
        hidden(""),
        shown("> "),
        shown("Favourite colour: "),
        hidden("PIN of your door: "),
        shown("Passcode or option (1-3): "));
  }

  /** Whether it may answer one of its prompts when the answer is shown while it is typed. */
  protected boolean answersShownPrompts() {
    return false;
  }

  /** The clock by which it signs in. */
  protected Time time() {
    return new FakeTime(Instant.now());
  }

  /** A prompt that hides what is typed, alone in its round. */
  protected static Prompt hidden(String text) {
    return Calls.prompt(text, false, 1);
  }

  /** A prompt that shows what is typed, alone in its round. */
  protected static Prompt shown(String text) {
    return Calls.prompt(text, true, 1);
  }

  @Override
  final Class<?> extensionPoint() {
    return AuthStrategyProvider.class;
  }

  @Override
  final String type(AuthStrategyProvider<?> provider) {
    return provider.type();
  }

  @Override
  final Class<? extends Record> configType(AuthStrategyProvider<?> provider) {
    return provider.configType();
  }

  @Override
  final Object bind(Binding binding, String settings) {
    return binding.strategy(provider().type(), settings);
  }

  private Record config() {
    return (Record) bind(binding(context()), settings());
  }

  private AuthStrategy create(Record config, HopContext hop) {
    return create(provider(), config, hop);
  }

  @SuppressWarnings("unchecked")
  private static AuthStrategy create(
      AuthStrategyProvider<?> provider, Record config, HopContext hop) {
    AuthStrategy strategy = ((AuthStrategyProvider<Record>) provider).create(config, hop);
    assertThat(strategy).as("create must return a strategy, not null").isNotNull();
    return strategy;
  }

  /** A strategy remembers its opening, which no other may share. */
  @Test
  public final void everyOpeningGetsAStrategyOfItsOwn() {
    Record config = config();
    FakeHopContext hop = context();
    AuthStrategyProvider<?> provider = provider();
    try (AuthStrategy one = create(provider, config, hop);
        AuthStrategy other = create(provider, config, hop)) {
      assertThat(one).as("create must make a new strategy each time").isNotSameAs(other);
    } catch (Exception e) {
      throw new AssertionError("close must not fail", e);
    }
  }

  /** Reading is for the methods, which run off the I/O threads and after the host key is known. */
  @Test
  public final void createDoesNoInputOrOutput() {
    SeenSecrets seen = new SeenSecrets();
    Record config = new SwappedSecrets(seen::watched).in(config());
    FakeHopContext hop = context();
    List<AuthStrategy> made = new ArrayList<>();
    create(config, hop);
    List<String> uses = inputAndOutput(() -> made.add(create(config, hop)));
    assertThat(uses)
        .as("create must do no I/O; leave it to identities, password and prompt")
        .isEmpty();
    assertThat(seen.reads()).as("create must read no secret: no host key is verified yet").isZero();
    assertThat(hop.time().waits()).as("create must wait for nothing").isEmpty();
    assertThat(Calls.heard(hop)).as("create must ask nobody").isEmpty();
  }

  /** The engine asks a strategy only for the methods that it names. */
  @Test
  public final void itsMethodsAreThoseItServes() {
    AuthStrategy strategy = create(config(), context());
    Set<AuthMethod> methods = strategy.methods();
    assertThat(methods).as("methods must name at least one method").isNotEmpty();
    assertThat(strategy.methods()).as("methods must always be the same").isEqualTo(methods);
    assertThat(methods)
        .as(
            "methods must name what %s overrides: identities is PUBLICKEY, password is PASSWORD, prompt is KEYBOARD_INTERACTIVE",
            strategy.getClass().getName())
        .isEqualTo(Calls.overridden(strategy.getClass()));
    if (methods.contains(AuthMethod.KEYBOARD_INTERACTIVE)) {
      assertThat(ownPrompts())
          .as("the strategy serves keyboard-interactive: override ownPrompts() in this test")
          .isNotEmpty();
    }
  }

  /** Others in the plan may know what to say. */
  @Test
  public final void leavesPromptsThatAreNotItsOwnToOthers() {
    for (Prompt prompt : foreignPrompts()) {
      Reply reply = Calls.ask(create(config(), context()), prompt);
      assertThat(reply)
          .as("'%s' is not for this strategy: it must say Reply.pass()", prompt.text())
          .isInstanceOf(Reply.Pass.class);
    }
  }

  /** Whoever gives no sensible prompts is not given the secret. */
  @Test
  public final void answersItsOwnPrompts() {
    for (Prompt prompt : ownPrompts()) {
      assertThat(Calls.ask(create(config(), context()), prompt))
          .as("'%s' is one of ownPrompts(): the strategy must answer it", prompt.text())
          .isInstanceOf(Reply.Answer.class);
    }
  }

  /** A server that shows what is typed is not one that asks for a secret. */
  @Test
  public final void answersNoPromptThatWouldShowTheSecret() {
    if (answersShownPrompts()) {
      return;
    }
    for (Prompt prompt : ownPrompts()) {
      Prompt echoing = Calls.prompt(prompt.text(), true, 1);
      assertThat(Calls.ask(create(config(), context()), echoing))
          .as(
              "'%s' with echo on would show the answer: say Reply.pass(), or override answersShownPrompts()",
              prompt.text())
          .isInstanceOf(Reply.Pass.class);
    }
  }

  /** The engine wipes an answer after it was sent. */
  @Test
  public final void everyAnswerIsAValueOfItsOwn() {
    AuthStrategy strategy = create(config(), context());
    for (Reply reply : Calls.twice(strategy, ownPrompts())) {
      if (reply instanceof Reply.Answer answer) {
        assertThat(Calls.isReadable(answer.value()))
            .as("an answer was wiped together with the one before: give a copy each time")
            .isTrue();
        answer.value().close();
      }
    }
  }

  /** A cancelled opening ends at once, whatever it waits for. */
  @Test
  public final void endsWhenItIsInterrupted() throws InterruptedException {
    StuckContext stuck = new StuckContext(environment());
    Record config = new SwappedSecrets(secret -> stuck.secret()).in(config());
    AuthStrategy strategy = create(config, stuck);
    Interruption.ends(
        strategy.getClass().getName(), stuck.waiting(), () -> Calls.all(strategy, ownPrompts()));
  }

  /** The engine closes every strategy once, at whatever point the opening ended. */
  @Test
  public final void closesUnusedAndUsed() throws Exception {
    create(config(), context()).close();
    AuthStrategy used = create(config(), context());
    Calls.all(used, ownPrompts());
    used.close();
  }

  /** What is printed ends in logs. */
  @Test
  public final void showsNoSecret() {
    SeenSecrets seen = new SeenSecrets();
    Record config = new SwappedSecrets(seen::watched).in(config());
    FakeHopContext hop = context();
    AuthStrategy strategy = create(config, hop);
    List<String> said = new ArrayList<>();
    for (Reply reply : Calls.all(strategy, ownPrompts())) {
      if (reply instanceof Reply.Answer answer) {
        seen.remember(answer.value());
      }
      said.add(reply.toString());
    }
    Set<String> secrets = Calls.union(secrets(), seen.values());
    Showing.nothingOf(secrets, "the record's toString", config.toString());
    Showing.nothingOf(secrets, "the strategy's toString", strategy.toString());
    Showing.nothingOf(secrets, "a reply", said.toString());
    Showing.nothingOf(secrets, "what is asked of the person", Calls.heard(hop).toString());
    Showing.nothingOf(secrets, "a note in the trail", hop.notes().toString());
  }

  /** The whole of it: bound from HOCON, made by the engine, and let in by the server. */
  @Test
  public final void signsInToItsServer() throws Exception {
    try (EmbeddedServer server = server().start()) {
      RouteFile route = new RouteFile(folder(), server);
      route.hop(
          server.endpoint(), "auth = [" + Binding.object(provider().type(), settings()) + "]");
      route.open(person(), environment(), time()).close();
      assertThat(server.attempts())
          .as("the server must have let the strategy in")
          .extracting(Attempt::outcome)
          .contains(Attempt.Outcome.ACCEPTED);
    }
  }
}
