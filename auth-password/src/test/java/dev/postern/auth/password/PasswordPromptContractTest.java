package dev.postern.auth.password;

import dev.postern.api.auth.Prompt;
import dev.postern.testkit.contract.AuthStrategyContract;
import dev.postern.testkit.server.EmbeddedServer;
import dev.postern.testkit.server.ServerRound;
import dev.postern.testkit.server.ServerRound.Ask;
import dev.postern.testkit.server.ServerScript;
import java.util.List;

/** Signs in to a server that asks for the password in a conversation, in its own words. */
final class PasswordPromptContractTest extends AuthStrategyContract {
  @Override
  protected PasswordProvider provider() {
    return new PasswordProvider();
  }

  @Override
  protected String settings() {
    return "password = \"open sesame\", ask = \"Magic word\"";
  }

  @Override
  protected List<Prompt> ownPrompts() {
    return List.of(hidden("Magic word? "));
  }

  @Override
  protected ServerScript server() {
    return EmbeddedServer.builder("alice")
        .conversation(ServerRound.of(Ask.hidden("Magic word? ", "open sesame")));
  }
}
