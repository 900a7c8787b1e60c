package dev.postern.auth.scripted;

import dev.postern.api.auth.Prompt;
import dev.postern.testkit.contract.AuthStrategyContract;
import dev.postern.testkit.server.EmbeddedServer;
import dev.postern.testkit.server.ServerRound;
import dev.postern.testkit.server.ServerRound.Ask;
import dev.postern.testkit.server.ServerScript;
import java.util.List;

/** Answers two rounds by position, whatever they ask. */
final class PositionalContractTest extends AuthStrategyContract {
  @Override
  protected ScriptedProvider provider() {
    return new ScriptedProvider();
  }

  @Override
  protected String settings() {
    return "answers = [ [\"open sesame\"], [\"mellon\", \"abracadabra\"] ]";
  }

  @Override
  protected List<Prompt> ownPrompts() {
    return List.of(hidden("? "));
  }

  @Override
  protected List<Prompt> foreignPrompts() {
    return List.of();
  }

  @Override
  protected boolean answersShownPrompts() {
    return true;
  }

  @Override
  protected ServerScript server() {
    return EmbeddedServer.builder("alice")
        .conversation(
            ServerRound.of(Ask.hidden("? ", "open sesame")),
            ServerRound.of(Ask.hidden("? ", "mellon"), Ask.shown("? ", "abracadabra")));
  }
}
