package ${package};

import dev.postern.api.auth.Prompt;
import dev.postern.testkit.contract.AuthStrategyContract;
import dev.postern.testkit.server.EmbeddedServer;
import dev.postern.testkit.server.ServerRound;
import dev.postern.testkit.server.ServerRound.Ask;
import dev.postern.testkit.server.ServerScript;
import java.util.List;

/** The tests of every strategy; the last of them signs in to the server below. */
final class ${className}Test extends AuthStrategyContract {
  @Override
  protected ${className}Provider provider() {
    return new ${className}Provider();
  }

  @Override
  protected String settings() {
    return "word = mellon";
  }

  @Override
  protected List<Prompt> ownPrompts() {
    return List.of(hidden("Word of the day: "));
  }

  @Override
  protected ServerScript server() {
    return EmbeddedServer.builder("alice")
        .conversation(ServerRound.of(Ask.hidden("Word of the day: ", "mellon")));
  }
}
