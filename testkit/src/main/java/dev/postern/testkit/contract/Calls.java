package dev.postern.testkit.contract;

import dev.postern.api.auth.AuthMethod;
import dev.postern.api.auth.AuthStrategy;
import dev.postern.api.auth.Identity;
import dev.postern.api.auth.PasswordRequest;
import dev.postern.api.auth.Prompt;
import dev.postern.api.auth.Reply;
import dev.postern.api.secret.SecretException;
import dev.postern.api.secret.SecretValue;
import dev.postern.testkit.FakeHopContext;
import dev.postern.testkit.FakePerson;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Asks a strategy what the engine asks it. */
final class Calls {
  private Calls() {}

  static Prompt prompt(String text, boolean echo, int conversation) {
    return new Prompt(text, echo, 0, new Prompt.Round(1, conversation, "", "", 1));
  }

  /** Nobody answers is as good as not mine. */
  static Reply ask(AuthStrategy strategy, Prompt prompt) {
    try {
      return strategy.prompt(prompt);
    } catch (SecretException | InterruptedException e) {
      return Reply.pass();
    }
  }

  private static Reply password(AuthStrategy strategy, int attempt) {
    try {
      return strategy.password(new PasswordRequest(PasswordRequest.Kind.CURRENT, "", attempt));
    } catch (SecretException | InterruptedException e) {
      return Reply.pass();
    }
  }

  /** Everything once; identities are looked at. */
  static List<Reply> all(AuthStrategy strategy, List<Prompt> prompts) {
    List<Reply> replies = new ArrayList<>();
    try (Stream<Identity> identities = strategy.identities()) {
      identities.forEach(
          identity -> replies.add(Reply.abort(identity.keyType() + identity.description())));
    } catch (SecretException | InterruptedException e) {
      replies.add(Reply.abort(String.valueOf(e.getMessage())));
    }
    replies.add(password(strategy, 1));
    prompts.forEach(prompt -> replies.add(ask(strategy, prompt)));
    return replies;
  }

  /** Each question a second time, after the first answer was wiped; the second answers. */
  static List<Reply> twice(AuthStrategy strategy, List<Prompt> prompts) {
    List<Reply> second = new ArrayList<>();
    wipe(password(strategy, 1));
    second.add(password(strategy, 2));
    for (Prompt prompt : prompts) {
      Reply first = ask(strategy, prompt);
      Reply again = ask(strategy, prompt(prompt.text(), prompt.echo(), 2));
      wipe(first);
      second.add(again);
      second.add(ask(strategy, prompt(prompt.text(), prompt.echo(), 3)));
    }
    return second;
  }

  private static void wipe(Reply reply) {
    if (reply instanceof Reply.Answer answer) {
      answer.value().close();
    }
  }

  static boolean isReadable(SecretValue value) {
    try {
      value.chars();
      return true;
    } catch (IllegalStateException e) {
      return false;
    }
  }

  /** The methods whose calls the class, or one above it, overrides. */
  static Set<AuthMethod> overridden(Class<?> strategy) {
    Set<AuthMethod> methods = EnumSet.noneOf(AuthMethod.class);
    if (overrides(strategy, "identities")) {
      methods.add(AuthMethod.PUBLICKEY);
    }
    if (overrides(strategy, "password", PasswordRequest.class)) {
      methods.add(AuthMethod.PASSWORD);
    }
    if (overrides(strategy, "prompt", Prompt.class)) {
      methods.add(AuthMethod.KEYBOARD_INTERACTIVE);
    }
    return methods;
  }

  private static boolean overrides(Class<?> strategy, String name, Class<?>... arguments) {
    try {
      return strategy.getMethod(name, arguments).getDeclaringClass() != AuthStrategy.class;
    } catch (NoSuchMethodException e) {
      throw new AssertionError("every strategy has " + name + Arrays.toString(arguments), e);
    }
  }

  /** What the person of a test was asked and told. */
  static List<String> heard(FakeHopContext hop) {
    return hop.person() instanceof FakePerson person ? person.heard() : List.of();
  }

  static Set<String> union(Set<String> one, Set<String> other) {
    Set<String> all = new HashSet<>(one);
    all.addAll(other);
    return all;
  }
}
