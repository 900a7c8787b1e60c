package dev.postern.auth.interactive;

import dev.postern.api.auth.Prompt;
import dev.postern.api.hop.Person;
import dev.postern.testkit.FakePerson;
import dev.postern.testkit.contract.AuthStrategyContract;
import dev.postern.testkit.server.EmbeddedServer;
import dev.postern.testkit.server.ServerRound;
import dev.postern.testkit.server.ServerRound.Ask;
import dev.postern.testkit.server.ServerScript;
import java.util.Collections;
import java.util.List;

/** Puts a password and a menu to the person. */
final class InteractiveContractTest extends AuthStrategyContract {
  @Override
  protected InteractiveProvider provider() {
    return new InteractiveProvider();
  }

  @Override
  protected String settings() {
    return "message = \"Take your token.\"";
  }

  @Override
  protected Person person() {
    return new FakePerson(Collections.nCopies(10, "open sesame").toArray(String[]::new));
  }

  @Override
  protected List<Prompt> ownPrompts() {
    return List.of(hidden("Password: "), shown("Colour: "));
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
        .password("open sesame")
        .conversation(ServerRound.of(Ask.shown("Colour: ", "open sesame")));
  }
}
