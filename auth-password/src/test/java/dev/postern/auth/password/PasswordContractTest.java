package dev.postern.auth.password;

import dev.postern.api.auth.Prompt;
import dev.postern.testkit.contract.AuthStrategyContract;
import dev.postern.testkit.server.EmbeddedServer;
import dev.postern.testkit.server.ServerScript;
import java.util.List;
import java.util.Set;

/** Signs in to a server whose password has expired. */
final class PasswordContractTest extends AuthStrategyContract {
  @Override
  protected PasswordProvider provider() {
    return new PasswordProvider();
  }

  @Override
  protected String settings() {
    return "password = \"open sesame\", new-password = \"close sesame\"";
  }

  @Override
  protected Set<String> secrets() {
    return Set.of("open sesame", "close sesame");
  }

  @Override
  protected List<Prompt> ownPrompts() {
    return List.of(hidden("Password: "), hidden("alice@bastion's password: "));
  }

  @Override
  protected ServerScript server() {
    return EmbeddedServer.builder("alice").expiredPassword("open sesame", "close sesame");
  }
}
