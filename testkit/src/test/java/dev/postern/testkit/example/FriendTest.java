package dev.postern.testkit.example;

import dev.postern.api.auth.Prompt;
import dev.postern.testkit.contract.AuthStrategyContract;
import dev.postern.testkit.server.EmbeddedServer;
import dev.postern.testkit.server.ServerRound;
import dev.postern.testkit.server.ServerRound.Ask;
import dev.postern.testkit.server.ServerScript;
import java.util.List;

final class FriendTest extends AuthStrategyContract {
  @Override
  protected FriendProvider provider() {
    return new FriendProvider();
  }

  @Override
  protected String settings() {
    return "word = mellon";
  }

  @Override
  protected List<Prompt> ownPrompts() {
    return List.of(hidden("Speak, friend, and enter: "));
  }

  @Override
  protected ServerScript server() {
    return EmbeddedServer.builder("alice")
        .conversation(ServerRound.of(Ask.hidden("Speak, friend: ", "mellon")));
  }
}
