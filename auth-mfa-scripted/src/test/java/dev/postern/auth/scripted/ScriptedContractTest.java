package dev.postern.auth.scripted;

import dev.postern.api.auth.Prompt;
import dev.postern.testkit.contract.AuthStrategyContract;
import dev.postern.testkit.server.EmbeddedServer;
import dev.postern.testkit.server.ServerRound;
import dev.postern.testkit.server.ServerRound.Ask;
import dev.postern.testkit.server.ServerScript;
import java.time.Duration;
import java.util.List;

/** Chooses a push from a menu, which takes a while, and gives a PIN. */
final class ScriptedContractTest extends AuthStrategyContract {
  @Override
  protected ScriptedProvider provider() {
    return new ScriptedProvider();
  }

  @Override
  protected String settings() {
    return """
    rules = [ { ask = "Push or call", answer = push, echo = on }
              { ask = "Door PIN", answer = "open sesame", echo = off } ]
    """;
  }

  @Override
  protected List<Prompt> ownPrompts() {
    return List.of(shown("Push or call? "), hidden("Door PIN: "));
  }

  @Override
  protected boolean answersShownPrompts() {
    return true;
  }

  @Override
  protected ServerScript server() {
    return EmbeddedServer.builder("alice")
        .conversation(
            ServerRound.of(Ask.shown("Push or call? ", "push")),
            ServerRound.of(Ask.hidden("Door PIN: ", "open sesame")).after(Duration.ofMillis(50)));
  }
}
